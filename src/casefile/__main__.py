"""The program's door; the children are told apart before anything else is imported."""

import sys


def main() -> int:
    """Run the program, or one of its two child processes; gives the exit status."""
    wanted = sys.argv[1:2]
    if wanted == ["--extract-child"]:
        from casefile.extract.child import main as child

        return child()
    if wanted == ["--index-child"]:
        from casefile.search.child import main as child

        return child()
    try:
        from casefile.app import main as program

        return program()
    except KeyboardInterrupt:
        # Ctrl-C while modules are loading: nothing has begun. 130 is what shells expect.
        return 130


if __name__ == "__main__":
    sys.exit(main())
