"""The demo's sixty complaints as a table: where, about what, how far, and how it ended. Every name is invented."""

from dataclasses import dataclass

TX, CA, OH = "tx-bhec", "ca-bbs", "oh-cswmft"


@dataclass(frozen=True)
class Story:
    """One complaint. `until` is the status it reaches, or `closed:CODE`; `rest` the days since its last step.

    `ground` may name two, parted by a plus sign; `files` are the kinds of evidence that came with it; with
    `pile` the investigation adds some sixty exhibits of every kind.
    """

    board: str
    until: str
    ground: str
    respondent: str
    complainant: str
    rest: int
    files: str = "letter"
    danger: bool = False
    pile: bool = False

    @property
    def key(self) -> str:
        """What tells this story from the others."""
        return f"{self.board} {self.respondent}"

    @property
    def grounds(self) -> list[str]:
        """The grounds by key."""
        return self.ground.split("+")


S = Story
STORIES: tuple[Story, ...] = (
    S(TX, "received", "abandonment", "Odalys Brandt", "Karen Whitfield", 1, "email"),
    S(TX, "intake_review", "sexual_misconduct", "Wendell Achterberg", "Priya Raman", 3, "messages", danger=True),
    S(TX, "awaiting_information", "records", "Philippa Drummond", "Luis Ortega", 12, "letter"),
    S(TX, "assigned", "billing_fraud", "Tobias Renwick", "Anna Petrov", 4, "invoice"),
    S(TX, "response_requested", "dual_relationship", "Dashiell Okonkwo", "Marcus Bell", 9, "messages+photo"),
    S(TX, "investigating", "refusal_to_terminate+exploitation_business", "Leland Prewitt", "Maya Ortiz-Bell", 20,
      "messages+records+invoice+scan"),
    S(TX, "investigating", "confidentiality_breach", "Bettina Kowalczyk", "Owen Tate", 64, "email+letter"),
    S(TX, "report_submitted", "harmful_service", "Horace Lindqvist", "Beth Navarro", 6, "records+scan"),
    S(TX, "probable_cause_review", "informed_consent", "Marguerite Solis", "Dana Fisk", 11, "records"),
    S(TX, "charges_filed", "sexual_misconduct", "Quentin Abernathy", "Iris Molina", 5, "messages+scan+records"),
    S(TX, "prehearing", "exploitation_business", "Roland Teague", "Hugh Sandoval", 14, "invoice+messages"),
    S(TX, "hearing_held", "unqualified_practice", "Celeste Marchetti", "Tara Nguyen", 8, "letter+records", pile=True),
    S(TX, "compliance", "dual_relationship", "Everett Pickering", "Joel Castillo", 40, "messages+letter"),
    S(TX, "closed:NO_JURISDICTION", "other", "Gideon Ashworth", "Pam Estes", 30, "email"),
    S(TX, "closed:REFERRED", "illegal_activity", "Ramona Iverson", "Carl Dixon", 70, "letter"),
    S(TX, "closed:NO_VIOLATION", "discrimination", "Sylvester Crane", "Noah Pike", 50, "email+messages"),
    S(TX, "closed:LETTER_OF_CONCERN", "abandonment", "Thelma Vandermeer", "Sue Lockhart", 90, "email+letter"),
    S(TX, "closed:PROBATION", "refusal_to_terminate", "Ulrich Bascombe", "Mina Farouk", 15, "messages+records"),
    S(TX, "closed:REPRIMAND", "confidentiality_breach", "Viola Stanhope", "Ray Dupree", 60, "email+scan"),
    S(TX, "closed:DUPLICATE", "abandonment", "Odalys Brandt, LMFT", "Karen Whitfield", 1, "email"),
    S(CA, "received", "discrimination", "Amadeo Falk", "Jun Watanabe", 2, "email"),
    S(CA, "received", "impairment", "Brigitte Oyelaran", "Sara Lind", 4, "photo"),
    S(CA, "intake_review", "abandonment", "Cyrus Halloran", "Fay Morgan", 6, "messages"),
    S(CA, "response_requested", "informed_consent", "Delphine Abara-Cruz", "Gus Romero", 15, "records"),
    S(CA, "investigating", "supervision", "Emory Whitlock", "Nia Coleman", 33, "letter+email"),
    S(CA, "investigating", "sexual_misconduct+dual_relationship", "Fletcher Nakagawa", "Lena Ruiz", 75,
      "messages+photo+scan"),
    S(CA, "probable_cause_review", "exploitation_business", "Georgina Tallis", "Omar Haddad", 18, "invoice+messages"),
    S(CA, "answer_due", "harmful_service", "Hamish Delacroix", "Rita Long", 7, "records+letter"),
    S(CA, "hearing_held", "sexual_misconduct", "Imelda Brockway", "Vera Costa", 9, "messages+scan"),
    S(CA, "proposed_decision", "billing_fraud", "Jasper Ekström", "Ted Mori", 5, "invoice+records"),
    S(CA, "board_review", "unqualified_practice", "Katrina Velasquez", "Ann Shaw", 21, "letter+records"),
    S(CA, "order_issued", "sexual_misconduct", "Lorenzo Whitaker", "Bea Flores", 10, "messages+records+scan"),
    S(CA, "closed:INSUFFICIENT_INFO", "other", "Mireille Sanborn", "", 45, "email"),
    S(CA, "closed:TIME_BARRED", "records", "Nathaniel Obi", "Eve Grant", 80, "scan"),
    S(CA, "closed:INSUFFICIENT_EVIDENCE", "discrimination", "Ottoline Reyes", "Max Weber", 25, "email"),
    S(CA, "closed:CORRECTIVE_AGREEMENT", "records", "Percival Adeyemi", "Liv Strand", 55, "records"),
    S(CA, "closed:SUSPENSION", "impairment", "Rosalind Hale", "Tom Yates", 20, "photo+letter"),
    S(CA, "closed:SURRENDER", "criminal_conviction", "Salvatore Munk", "Kim Alvarez", 35, "letter+scan"),
    S(CA, "closed:NO_FINDING", "dual_relationship", "Tabitha Greaves", "Ian Cole", 28, "messages"),
    S(CA, "reopened", "confidentiality_breach", "Umberto Kline", "Joy Park", 12, "email+messages"),
    S(OH, "received", "advertising", "Vivienne Osgood", "Mel Harper", 1, "photo"),
    S(OH, "intake_review", "harmful_service", "Wallace Igwe", "Deb Turner", 5, "letter", danger=True),
    S(OH, "awaiting_information", "billing_fraud", "Xenia Papadakis", "Al Novak", 9, "invoice"),
    S(OH, "assigned", "supervision", "Yannick Forde", "Ren Sato", 6, "email"),
    S(OH, "investigating", "exploitation_business", "Zelda Montrose", "Peg Olsen", 41, "invoice+messages+photo"),
    S(OH, "investigating", "mandatory_reporting_failure", "Alistair Bonnet", "Uma Desai", 88, "letter+records"),
    S(OH, "report_submitted", "refusal_to_terminate", "Beatrix Corrigan", "Zoe King", 4, "messages+email"),
    S(OH, "probable_cause_review", "dual_relationship", "Cornelius Haas", "Ben Ward", 16, "messages"),
    S(OH, "charges_filed", "license_fraud", "Davina Sorrell", "Flo Reed", 3, "letter+scan"),
    S(OH, "answer_due", "sexual_misconduct", "Ebenezer Platt", "Gia Russo", 13, "messages+scan"),
    S(OH, "prehearing", "unqualified_practice", "Florence Amadi", "Hal Stone", 17, "records+letter"),
    S(OH, "hearing_scheduled", "harmful_service", "Gareth Linwood", "Ivy Banks", 6, "records+scan"),
    S(OH, "compliance", "records", "Henrietta Vogel", "Lou Carter", 52, "records"),
    S(OH, "closed:CONFIDENTIAL_CONSENT", "impairment", "Ignatius Doyle", "May Frost", 66, "letter"),
    S(OH, "review:REFERRED", "billing_fraud", "Josephine Tran", "Ned Boyd", 38, "invoice"),
    S(OH, "review:DUPLICATE", "exploitation_business", "Zelda Montrose, LPCC", "Peg Olsen", 22, "invoice"),
    S(OH, "review:TIME_BARRED", "dual_relationship", "Kenneth Abiola", "Oma Klein", 48, "scan"),
    S(OH, "review:NO_JURISDICTION", "other", "Lavinia Strand", "Pia Lund", 31, "email"),
    S(OH, "closed:CE_ORDER", "ce_noncompliance", "Montgomery Ruiz", "Roy Hunt", 18, "letter"),
    S(OH, "closed:CITATION_FINE", "advertising", "Nerissa Cole", "Sid Lowe", 44, "photo+email"),
)  # fmt: skip

# What clients write, by ground; anything else uses the last.
NARRATIVES = {
    "abandonment": (
        "After eight months of weekly sessions the replies stopped. I wrote four times. Nobody told me "
        "that my sessions had ended or where else I could go."
    ),
    "sexual_misconduct": (
        "In the third month the comments about my looks began. In May I was asked to meet at a hotel. I "
        "said no, and the next session was canceled without a word."
    ),
    "records": (
        "I asked in writing for my notes three times. The office first said they were lost and then asked "
        "for four hundred dollars."
    ),
    "billing_fraud": (
        "My insurer shows eleven sessions in March. I was there twice. The office says it is a mistake "
        "but will not correct it."
    ),
    "dual_relationship": (
        "We were asked to dinner with the family and then to help with their move. When I wanted to keep "
        "some distance I was told that I was resisting the work."
    ),
    "refusal_to_terminate": (
        "I said that I wanted to stop. I was told I would fall apart within a month, and that my file "
        "would say that I left against advice. I was charged for the sessions I did not attend."
    ),
    "exploitation_business": (
        "During sessions I was shown wellness oils and a membership. I bought starter kits for nine "
        "hundred dollars because I was afraid to say no."
    ),
    "confidentiality_breach": (
        "My sister heard from a neighbor what I had said in a session. The neighbor works at the same practice."
    ),
    "harmful_service": (
        "I was told to stop my medication and to fast before sessions. I ended up in the emergency room."
    ),
    "informed_consent": ("Nobody told me that the sessions were recorded for a class. I found out from a student."),
    "discrimination": (
        "When I mentioned my wife the tone changed. I was told that this is something we should work on."
    ),
    "unqualified_practice": (
        "The card says doctor. The license look-up shows an associate whose registration had ended."
    ),
    "impairment": (
        "Twice there was a smell of alcohol and the speech was slurred. The second time I drove home in tears."
    ),
    "illegal_activity": ("I was asked to sign for sessions that never took place, so that the money could be shared."),
    "supervision": ("The trainee I saw had no supervisor for months. The office admitted it when I asked."),
    "criminal_conviction": (
        "The newspaper reports a conviction for fraud last spring. The license still shows as clear."
    ),
    "license_fraud": ("The degree on the wall is from a school that says it has no such graduate."),
    "advertising": ("The sign promises a cure in three sessions and shows letters that this person has not earned."),
    "mandatory_reporting_failure": (
        "My child told about being hurt at home. No report was made, and we learned of it from the school."
    ),
    "ce_noncompliance": ("The renewal lists courses that the provider says were never taken."),
    "other": ("I do not know which rule this breaks, but I felt unsafe and was told to keep it to myself."),
}
SENTENCES = (
    "Thank you for your message. As discussed, I do not recommend that you stop at this time.",
    "Please remember that missed sessions are charged in full.",
    "The plan we agreed on continues until further notice.",
    "Your balance is due by the end of the month.",
    "I am concerned about what will happen if you leave now.",
)
