-- Saved queries with their versions and schedules, runs with what they came from, limits of a workspace.

ALTER TABLE queries ADD COLUMN reference TEXT;  -- FROM saved.<reference>; NULL for runs
ALTER TABLE queries ADD COLUMN folder TEXT NOT NULL DEFAULT '';  -- path with /, '' is the top
ALTER TABLE queries ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));  -- seen by the workspace
ALTER TABLE queries ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE queries ADD COLUMN parameter_definitions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parameter_definitions));
ALTER TABLE queries ADD COLUMN reading TEXT CHECK (reading IS NULL OR json_valid(reading));
ALTER TABLE queries ADD COLUMN chart TEXT CHECK (chart IS NULL OR json_valid(chart));
-- Of runs.
ALTER TABLE queries ADD COLUMN cached INTEGER NOT NULL DEFAULT 0 CHECK (cached IN (0, 1));
ALTER TABLE queries ADD COLUMN started_by TEXT NOT NULL DEFAULT 'person' CHECK (started_by IN ('person', 'schedule'));
ALTER TABLE queries ADD COLUMN saved_version INTEGER;  -- the version of the saved query that ran
ALTER TABLE queries ADD COLUMN run_request TEXT CHECK (run_request IS NULL OR json_valid(run_request));  -- what was sent to the engine

CREATE UNIQUE INDEX idx_queries_reference ON queries(workspace_id, reference) WHERE reference IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_queries_saved ON queries(workspace_id, updated_at, id) WHERE name IS NOT NULL;
CREATE INDEX idx_queries_runs ON queries(workspace_id, user_id, id) WHERE name IS NULL;

CREATE TABLE query_versions (
    query_id TEXT NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    sql_query TEXT NOT NULL,
    parameter_definitions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parameter_definitions)),
    reading TEXT CHECK (reading IS NULL OR json_valid(reading)),
    chart TEXT CHECK (chart IS NULL OR json_valid(chart)),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,  -- who made it
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (query_id, version)
) STRICT;
CREATE INDEX idx_query_versions_user ON query_versions(user_id);

CREATE TABLE query_schedules (
    query_id TEXT PRIMARY KEY NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,  -- in whose name it runs
    frequency TEXT NOT NULL CHECK (frequency IN ('hourly', 'daily', 'weekly', 'monthly')),
    minute INTEGER NOT NULL DEFAULT 0,
    hour INTEGER NOT NULL DEFAULT 0,
    weekday INTEGER NOT NULL DEFAULT 1,  -- 1 Monday … 7
    day INTEGER NOT NULL DEFAULT 1,  -- of the month, 1 … 28
    parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
    enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    revision TEXT NOT NULL,  -- changes with every edit; jobs of an older one do nothing
    next_run_at TEXT NOT NULL,
    last_run_at TEXT
) STRICT;
CREATE INDEX idx_query_schedules_user ON query_schedules(user_id);

CREATE TABLE query_limits (  -- NULL: the server's setting
    workspace_id TEXT PRIMARY KEY NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    concurrent_queries INTEGER,
    max_rows INTEGER,
    max_seconds INTEGER
) STRICT;
