#!/usr/bin/env python3
"""Learns which words people say instead of a name, from pairs of questions that mean the same.

usage: synonyms.py QUESTIONS.jsonl > src/analysis/ask/linking/learnt_synonyms.gen.cc

Input: Spider-Syn (MIT), which has each question twice, in the schema's words and in others. Runs of up to two words
that replace one another are counted; those seen in two databases or three times are kept. Every fifth database (by
the MD5 of its name) is not learnt from, so that its accuracy says what the rest is worth. Same input, same output.
"""
import difflib, hashlib, json, re, sys
from collections import defaultdict

held = lambda db: int(hashlib.md5(db.encode()).hexdigest(), 16) % 5 == 0
words = lambda text: re.findall(r"[a-z]+", text.lower())
STOP = set("the a an of in for by to and or is are was were that which who what with have has had all each on at from "
           "it its their there do does did how many much most least more than not no any be as you we me i if".split())


def singular(word):
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


seen, count = defaultdict(set), defaultdict(int)
for line in open(sys.argv[1], encoding="utf-8"):
    item = json.loads(line)
    if held(item["db"]) or not item.get("original_question"):
        continue
    a, b = words(item["original_question"]), words(item["question"])
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "replace" or j - i > 2 or m - k > 2 or j - i < 1 or m - k < 1:
            continue
        named, said = a[i:j], b[k:m]
        if set(named) & STOP or set(said) & STOP:
            continue
        pair = (" ".join(map(singular, said)), " ".join(map(singular, named)))
        if pair[0] != pair[1]:
            seen[pair].add(item["db"])
            count[pair] += 1
pairs = sorted(p for p in count if len(seen[p]) > 1 or count[p] > 2)
print("// Made by tools/learn/synonyms.py from Spider-Syn (MIT); not edited by hand.")
print('#include "analysis/ask/linking/senses_data.h"\n')
print("namespace sextant::ask {\n")
print("// What is said, and the name it stands for; sorted.")
print("const char* const kLearntSynonyms[][2] = {")
for said, named in pairs:
    print(f'    {{"{said}", "{named}"}},')
print("};")
print(f"const unsigned kLearntSynonymCount = {len(pairs)};\n")
print("}  // namespace sextant::ask")
