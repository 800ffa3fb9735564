"""Receive every file of a folder as an exhibit of a scratch case, bundle them, and say what became of each.

    python -m bench.corpus FOLDER [--json FILE] [--output BUNDLE.pdf]

Everything goes through the product's own acts, on a database and a vault of its own that are removed afterwards.
Subfolders are searched too. Prints a line a file; the last line counts files, rendered, slip sheets and lost. The JSON
is a list of {file, sha256, pages_in, first_page, pages_out, slip_reason, seconds}: `pages_in` as poppler counts the
pages of a PDF (else those of its copy), `first_page` from 1 in the bundle, `seconds` of receiving and rendering; what
came attached to an e-mail has an entry of its own. Ends with 1 when a file is lost, with 2 for a wrong call.
"""

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.scratch import open_scratch


def main(arguments: list[str] | None = None) -> int:
    """Run it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="report")
    parser.add_argument("--output", type=Path, metavar="BUNDLE.pdf")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder.")
    with tempfile.TemporaryDirectory(prefix="corpus-") as name:
        open_scratch(Path(name))
        from bench import corpusrun  # noqa: PLC0415 - only once Django is set up

        outcome = corpusrun.run(options.folder, say=print)
        if options.output and outcome.bundle:
            shutil.copyfile(outcome.bundle, options.output)
    if options.report:
        entries = [asdict(entry) for entry in outcome.entries]
        options.report.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if outcome.fault:
        print(outcome.fault)
    print(outcome.summary)
    return 1 if outcome.lost or outcome.fault else 0


if __name__ == "__main__":
    sys.exit(main())
