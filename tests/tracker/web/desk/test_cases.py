from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
def test_x(db, client):
    office = make_staffed()
    d = Docketed(office).scheduled()
    print(d.case.status)
    client.force_login(office.counsel)
    r = client.get(f"/desk/cases/{d.case.docket}/")
    print(r.status_code); open("/tmp/h6/case.html","wb").write(r.content)
    client.force_login(office.voters[0])
    r = client.get(f"/desk/cases/{d.case.docket}/")
    print(r.status_code); open("/tmp/h6/record.html","wb").write(r.content)
    for u in ("/desk/", "/desk/queue/", "/desk/workflow/"):
        print(u, client.get(u).status_code)
