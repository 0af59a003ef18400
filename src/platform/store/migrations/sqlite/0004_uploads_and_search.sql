-- uploads and search

-- Prose of documents, found by search. Of each source only the passages of its current version are
-- kept; `ordinal` counts from 1 in reading order.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    page INTEGER,
    kind TEXT NOT NULL,
    heading TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    position TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(position)),
    UNIQUE (source_id, version, ordinal)
) STRICT;
CREATE INDEX idx_passages_workspace ON passages(workspace_id, id);

CREATE VIRTUAL TABLE passages_text USING fts5(
    heading, text, content = 'passages', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_text(rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_text(passages_text, rowid, heading, text)
    VALUES ('delete', old.id, old.heading, old.text);
END;

-- The different words of each source's passages, to find what a query spells otherwise.
CREATE TABLE passage_vocabulary (
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    PRIMARY KEY (source_id, word)
) STRICT, WITHOUT ROWID;
