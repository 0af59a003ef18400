-- uploads and search

-- Prose of documents, found by search. Of each source only the passages of its current version are
-- kept; `ordinal` counts from 1 in reading order.
CREATE TABLE passages (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    page BIGINT,
    kind TEXT NOT NULL,
    heading TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    position JSONB NOT NULL DEFAULT '{}',
    words TSVECTOR GENERATED ALWAYS AS (
        setweight(to_tsvector('english', heading), 'B') || setweight(to_tsvector('english', text), 'A')
    ) STORED,
    UNIQUE (source_id, version, ordinal)
);
CREATE INDEX idx_passages_workspace ON passages(workspace_id, id);
CREATE INDEX idx_passages_words ON passages USING GIN (words);

-- The different words of each source's passages, to find what a query spells otherwise.
CREATE TABLE passage_vocabulary (
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    PRIMARY KEY (source_id, word)
);
