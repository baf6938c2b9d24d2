"""`python3 run.py bench stories [WHAT]`: how well stories are read.

folds      five folds over PsyTAR train + dev, once: spans, withdrawal (needs ../shared)
train      train on all of train + dev and write tables/narratives (needs ../shared)
made_up    made-up stories: phase, whose, negated, possible, resolved, medicines, with kappa
           ([FILE.jsonl …] [dev|test]; without a file the first hundred)
train_when the phase model, trained on the made-up stories and written to tables/narratives
when_folds the phase model by story in five folds, each trained without itself
coding     the judged spans, four draws of 200
draw       a fresh draw to be judged blind: SEED OUT.csv (needs ../shared)
speed      sentences a second, one story
peers      lexicon, SYMP, HPO, phrases of the training data on the same folds (MiniLM: minilm.py)
"""

import sys

from corpus import data_folder


def main(arguments: list[str]) -> int:
    what = arguments[0] if arguments else "made_up"
    if what in {"folds", "train", "peers", "draw"} and data_folder() is None:
        print("PsyTAR is not beside this checkout (../shared/data/psytar): nothing was measured.")
        return 0
    if what == "folds":
        from folds import run_folds as run
    elif what == "train":
        from make_model import make_model as run
    elif what in {"made_up", "made-up"}:
        from made_up import run_made_up as run
    elif what == "show":
        from show import run_show as run
    elif what == "train_when":
        from train_when import make as run
    elif what == "when_folds":
        from train_when import run_folds as run
    elif what == "coding":
        from coding import run_coding as run
    elif what == "draw":
        from draw import run_draw as run
    elif what == "speed":
        from speed import run_speed as run
    elif what == "peers":
        from peers import run_peers as run
    else:
        print(__doc__)
        return 2
    run(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
