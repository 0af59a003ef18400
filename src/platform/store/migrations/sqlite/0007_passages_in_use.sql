-- Which version's passages are searched: those of a new version come into use together.
ALTER TABLE data_source_registry ADD COLUMN passages_version INTEGER;
UPDATE data_source_registry SET passages_version = current_version;

-- The different words of each version's passages, to find what a query spells otherwise.
CREATE TABLE passage_words (
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (source_id, version, word)
) STRICT, WITHOUT ROWID;
INSERT INTO passage_words (source_id, version, word)
SELECT v.source_id, r.current_version, v.word FROM passage_vocabulary v
JOIN data_source_registry r ON r.source_id = v.source_id;
DROP TABLE passage_vocabulary;

-- What a passage means, as the model of an embeddings endpoint says: one signed byte a dimension,
-- in base64.
CREATE TABLE passage_vectors (
    passage_id INTEGER PRIMARY KEY NOT NULL REFERENCES passages(id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector TEXT NOT NULL
) STRICT;
