"""The final check: generators by someone who did not build the engine, looked at once it stood.

python unlike_study.py FOLDER 20     FOLDER holds that builder's unlike.py
"""

import sys
from pathlib import Path

import numpy as np
from kinds_study import codes_of, kappa_or_nan
from opponents import kernel_cpd, quick_hmm
from scoring import false_days, spell_f1

from landward.engines.patterns import read_waves


def main():
    sys.path.insert(0, str(Path(sys.argv[1])))
    from unlike import GENERATORS

    seeds = range(int(sys.argv[2]))
    print("| kind | landward | KernelCPD | HMM, refits | false days: landward | KernelCPD | HMM |")
    for name, make in dict(GENERATORS).items():
        rows = {"ours": [], "kernel": [], "hmm": []}
        calm = {"ours": [], "kernel": [], "hmm": []}
        for seed in seeds:
            for states, into in ((True, rows), (False, calm)):
                made = make(seed, states=states)
                scale = tuple(getattr(made, "scale", (0.0, 10.0)))
                y = (made.severity - scale[0]) * 10 / (scale[1] - scale[0])
                found = {
                    "ours": codes_of(read_waves(made.severity, scale=scale)),
                    "kernel": kernel_cpd(y),
                    "hmm": quick_hmm(y),
                }
                for method, codes in found.items():
                    known = codes != 2
                    if states:
                        into[method].append(
                            (
                                kappa_or_nan(codes[known], made.truth[known]),
                                spell_f1(codes[known], made.truth[known]),
                            )
                        )
                    else:
                        into[method].append(false_days(codes))
        agreed = [np.nanmean(np.array(rows[m]), axis=0) for m in rows]
        cells = [f"{k:.2f} / {f:.2f}" for k, f in agreed]
        cells += [f"{100 * np.mean(calm[m]):.0f} %" for m in calm]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
