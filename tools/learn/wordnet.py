#!/usr/bin/env python3
"""Cuts WordNet to the table of word senses that the question engine links with.

usage: wordnet.py [WORDNET=/usr/share/wordnet] > src/analysis/ask/linking/senses.gen.cc

Kept: words and pairs of words of which some sense is counted in texts (cntlist.rev), and those that share
a sense with them; at most five senses each, most frequent first, and the sense directly above each noun sense.
Same input, same output. Source: Debian `wordnet-base` (WordNet 3.0, WordNet licence).
"""
import re, sys

folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
counted = set()
for line in open(f"{folder}/cntlist.rev", encoding="latin-1"):
    key = line.split()[0]
    counted.add(key.split("%")[0])

senses, above, members = {}, {}, {}
LIMITS = {"noun": 5, "verb": 3, "adj": 3}
for part, limit in LIMITS.items():
    for line in open(f"{folder}/index.{part}", encoding="latin-1"):
        if line.startswith(" "):
            continue
        fields = line.split()
        word, count, pointers = fields[0], int(fields[2]), int(fields[3])
        offsets = fields[6 + pointers:]
        if not re.fullmatch(r"[a-z]{2,16}(_[a-z]{2,12})?", word):
            continue
        senses.setdefault(word, []).extend(f"{part[0]}{o}" for o in offsets[:limit])
    for line in open(f"{folder}/data.{part}", encoding="latin-1"):
        if line.startswith(" "):
            continue
        head = line.split("|")[0].split()
        sense, words = f"{part[0]}{head[0]}", int(head[3], 16)
        at = 4 + 2 * words
        for p in range(int(head[at])):
            symbol, offset, kind = head[at + 1 + 4 * p: at + 4 + 4 * p]
            if symbol == "@" and kind == part[0] and part == "noun":
                above.setdefault(sense, []).append(f"n{offset}")
for word, ids in senses.items():
    for sense in ids:
        members.setdefault(sense, []).append(word)
known = {s for w, ids in senses.items() if w in counted for s in ids}
words = sorted(w for w, ids in senses.items() if w in counted or any(s in known for s in ids[:2]))
used = {}
for w in words:
    for s in senses[w]:
        used.setdefault(s, len(used))
print("// Made by tools/learn/wordnet.py from WordNet 3.0; not edited by hand.")
print('#include "analysis/ask/linking/senses_data.h"\n')
print("namespace sextant::ask {\n")
print("// A word and its senses, most frequent first; sorted by word.")
print("const char* const kSenseWords[] = {")
for w in words:
    print(f'    "{w} {" ".join(format(used[s], "x") for s in senses[w])}",')
print("};")
print(f"const unsigned kSenseWordCount = {len(words)};\n")
print("// The sense above each sense, by number; 0xFFFFFFFF where there is none.")
print("const unsigned kSenseAbove[] = {")
row = []
for s in used:
    up = [used[a] for a in above.get(s, []) if a in used]
    row.append(str(up[0]) if up else "~0u")
for i in range(0, len(row), 14):
    print("    " + ", ".join(row[i:i + 14]) + ",")
print("};")
print(f"const unsigned kSenseCount = {len(row)};\n")
print("}  // namespace sextant::ask")
