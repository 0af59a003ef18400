// Made by `npm run gen` from the server’s OpenAPI document. Do not edit.

export interface paths {
    "/api/ai/conversation-enhanced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a question about the data
         * @description With `Accept: text/event-stream` the answer comes as events: `stage` while it is worked on, then one `answer`. `status` says whether it was answered, needs one choice (clarification) or can not be answered (abstained).
         */
        post: operations["post_api_ai_conversation_enhanced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own conversations, last used first */
        get: operations["get_api_ai_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation with its turns */
        get: operations["get_api_ai_conversations_conversation_id"];
        put?: never;
        post?: never;
        /** Delete a conversation */
        delete: operations["delete_api_ai_conversations_conversation_id"];
        options?: never;
        head?: never;
        /** Rename a conversation */
        patch: operations["patch_api_ai_conversations_conversation_id"];
        trace?: never;
    };
    "/api/ai/query-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queries worth running, or a failed one corrected */
        post: operations["post_api_ai_query_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which engine and models answer */
        post: operations["post_api_ai_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/accept-invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a workspace with the account one has */
        post: operations["post_api_auth_accept_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations into the workspace, newest first */
        get: operations["get_api_auth_invites"];
        put?: never;
        /**
         * Invite someone into the workspace
         * @description The token is shown this once; it is good for 7 days and one use.
         */
        post: operations["post_api_auth_invites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/invites/{invite_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an open invitation back */
        delete: operations["delete_api_auth_invites_invite_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description After too many failures in a row the account, or the network address, is locked for a while.
         */
        post: operations["post_api_auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this log-in
         * @description Its access tokens end at once, too.
         */
        post: operations["post_api_auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in user */
        get: operations["get_api_auth_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's profile */
        patch: operations["patch_api_auth_me"];
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's password
         * @description All other log-ins of the user end.
         */
        post: operations["post_api_auth_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new tokens
         * @description A refresh token is good for one use; using it twice ends the log-in.
         */
        post: operations["post_api_auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description The first account owns the server. Others need what SIGNUP_MODE asks for.
         */
        post: operations["post_api_auth_signup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tokens for another workspace of the user */
        post: operations["post_api_auth_workspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files, newest first */
        get: operations["get_api_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file with its progress or error */
        get: operations["get_api_files_file_id"];
        put?: never;
        post?: never;
        /** Delete a file with its source, tables and model */
        delete: operations["delete_api_files_file_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}/data-source-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything known about a file's data
         * @description Schema, semantic model, feature state, and per version the load report and column profiles.
         */
        get: operations["get_api_files_file_id_data_source_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a failed file again */
        post: operations["post_api_files_file_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/reset-stuck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files whose reading has stopped without an end */
        get: operations["get_api_files_reset_stuck"];
        put?: never;
        /** Start stuck files again */
        post: operations["post_api_files_reset_stuck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Load the sample data
         * @description A made-up retail data set of related tables. Loading it again gives the files already there.
         */
        post: operations["post_api_files_sample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/sync-features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring every feature up to date with a source, or with all */
        post: operations["post_api_files_sync_features"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload files
         * @description Multipart form with one or more parts named `file`. Reading starts at once; follow it with GET /api/files/{file_id} or the file.progress events.
         */
        post: operations["post_api_files_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["get_api_health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether every component works
         * @description Runs a real query on the metadata store and in a worker. 503 names the component that fails.
         */
        get: operations["get_api_health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/data-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data sources that can be used
         * @description With `feature`, those that this feature is enabled for.
         */
        get: operations["get_api_integration_data_sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notifications, newest first */
        get: operations["get_api_integration_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notifications as read */
        post: operations["post_api_integration_notifications_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring features up to date */
        post: operations["post_api_integration_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved queries, own and shared, last changed first */
        get: operations["get_api_queries"];
        put?: never;
        /**
         * Save a query
         * @description `name` and `sql_query` are needed. `reference` is its name in SQL, FROM saved.<reference>; it is made from the name when not given.
         */
        post: operations["post_api_queries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A saved query */
        get: operations["get_api_queries_query_id"];
        put?: never;
        post?: never;
        /** Put a saved query into the trash, or delete one that is in it for good */
        delete: operations["delete_api_queries_query_id"];
        options?: never;
        head?: never;
        /**
         * Change a saved query
         * @description What is not given stays. A change of SQL, parameters, reading or chart makes a new version; a reading is dropped when the SQL changes without it. With `version` the change is refused when that is not the present one.
         */
        patch: operations["patch_api_queries_query_id"];
        trace?: never;
    };
    "/api/queries/{query_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A copy of one's own */
        post: operations["post_api_queries_query_id_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a saved query out of the trash */
        post: operations["post_api_queries_query_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of an earlier run, from any place in its result */
        get: operations["get_api_queries_query_id_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of a saved query, newest first; of a shared one everybody's */
        get: operations["get_api_queries_query_id_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When a saved query runs by itself */
        get: operations["get_api_queries_query_id_schedule"];
        /**
         * Let a saved query run by itself, in the caller's name
         * @description Times are in UTC: `minute` 0 to 59, `hour` 0 to 23 (not of hourly), `weekday` 1 Monday to 7 (of weekly), `day` 1 to 28 (of monthly). Its runs are in the history, started by the schedule.
         */
        put: operations["put_api_queries_query_id_schedule"];
        post?: never;
        /** Let a saved query not run by itself any more */
        delete: operations["delete_api_queries_query_id_schedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a saved query, newest first */
        get: operations["get_api_queries_query_id_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring the content of an earlier version back, as a new version */
        post: operations["post_api_queries_query_id_versions_version_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/execute-enhanced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run one SELECT over the workspace's tables
         * @description Tables are named as in GET /api/integration/data-sources, saved queries as saved.<reference>. Integers beyond 2^53 and long decimals come as texts. With `Accept: application/x-ndjson` the answer comes line by line: start, queue, progress, columns, rows (any number of times), then end or error.
         */
        post: operations["post_api_queries_execute_enhanced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How the engine runs a statement, with times, and what would make it faster
         * @description `run` false: the plan without running it.
         */
        post: operations["post_api_queries_explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The whole result of a statement as a file
         * @description Answers with the bytes of the file, not with JSON. csv and json come as they are computed; xlsx and parquet once they are complete, meanwhile GET /api/queries/running shows the rows. Texts that a spreadsheet would run get a leading ' in csv.
         */
        post: operations["post_api_queries_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own runs, newest first */
        get: operations["get_api_queries_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/history/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run with the first rows of its result */
        get: operations["get_api_queries_history_run_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much the workspace's queries may take */
        get: operations["get_api_queries_limits"];
        /**
         * Set the workspace's limits, within those of the server
         * @description By administrators. What is not given is the server's setting again.
         */
        put: operations["put_api_queries_limits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/running": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own queries under way */
        get: operations["get_api_queries_running"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/running/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a query under way, by its query_id or client_run_id */
        post: operations["post_api_queries_running_run_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is wrong with a statement, and what it reads and gives
         * @description `from` and `to` count UTF-16 units, as browsers do.
         */
        post: operations["post_api_queries_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/realtime/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket for the WebSocket
         * @description Connect to /api/realtime?ticket=…&after=SEQ. A ticket works once, for a short time. Messages are {seq, type, source_id?, data}; `after` is the last seq seen, so that nothing is missed.
         */
        post: operations["post_api_realtime_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The user's workspaces */
        get: operations["get_api_workspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename the workspace */
        patch: operations["patch_api_workspaces_current"];
        trace?: never;
    };
    "/api/workspaces/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the workspace */
        get: operations["get_api_workspaces_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a member, or leave */
        delete: operations["delete_api_workspaces_members_user_id"];
        options?: never;
        head?: never;
        /** Give a member another role */
        patch: operations["patch_api_workspaces_members_user_id"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Advice: {
            text: string;
            title: string;
        };
        /** @enum {string} */
        Aggregation: "none" | "sum" | "avg" | "count" | "count_distinct" | "min" | "max";
        /** @enum {string} */
        AnswerStatus: "answered" | "clarification" | "abstained";
        AskInput: {
            context?: components["schemas"]["Context"];
            conversation_id?: string;
            message: string;
            reading?: unknown;
        };
        AskReply: {
            choices: components["schemas"]["Choice"][];
            columns: components["schemas"]["ResultColumn"][];
            conversation_id: string;
            data: {
                [key: string]: unknown;
            }[];
            data_sources_used: string[];
            follow_ups: string[];
            generated_query?: string;
            insights: string[];
            reading?: components["schemas"]["ReadingView"];
            receipt?: components["schemas"]["Receipt"];
            response: string;
            status: components["schemas"]["AnswerStatus"];
            suggested_chart?: components["schemas"]["ChartSpec"];
            /** Format: int64 */
            total_rows: number;
            turn_id: string;
        };
        /** @enum {string} */
        Cardinality: "one_to_one" | "many_to_one" | "one_to_many" | "many_to_many";
        ChartConfiguration: {
            /** Format: int64 */
            bins?: number;
            horizontal: boolean;
            series?: string;
            x?: string;
            x_grain?: string;
            y: string[];
            y_unit?: string;
        };
        ChartSpec: {
            alternatives: components["schemas"]["ChartType"][];
            configuration: components["schemas"]["ChartConfiguration"];
            reason: string;
            title: string;
            type: components["schemas"]["ChartType"];
        };
        /** @enum {string} */
        ChartType: "table" | "metric" | "bar" | "line" | "pie" | "scatter" | "histogram" | "stacked_bar" | "grouped_line" | "grouped_scatter";
        Chip: {
            alternatives: string[];
            key: string;
            kind: string;
            label: string;
            /** Format: int64 */
            span_end?: number;
            /** Format: int64 */
            span_start?: number;
            value: string;
        };
        Choice: {
            explanation: string;
            label: string;
            logical: unknown;
            preview?: string;
        };
        Column: {
            name: string;
            original_name: string;
            type: string;
        };
        ColumnDecision: {
            column: string;
            evidence: string;
            /** Format: int64 */
            quarantined: number;
            type: string;
        };
        ColumnProfile: {
            /** Format: int64 */
            distinct: number;
            distinct_is_exact: boolean;
            histogram: components["schemas"]["HistogramBin"][];
            max?: string;
            /** Format: double */
            mean?: number;
            min?: string;
            name: string;
            notes: string[];
            /** Format: double */
            null_ratio: number;
            /** Format: int64 */
            nulls: number;
            original_name: string;
            quantiles: number[];
            /** Format: int64 */
            rows: number;
            semantic_type: components["schemas"]["SemanticType"];
            /** Format: double */
            stddev?: number;
            time_grain?: string;
            timeline: components["schemas"]["TimePoint"][];
            top: components["schemas"]["ValueCount"][];
            type: string;
            unit?: string;
        };
        ComponentHealth: {
            detail: string;
            /** Format: double */
            latency_ms: number;
            name: string;
            status: string;
        };
        Context: {
            available_data_sources?: string[];
            conversation_history?: unknown[];
            user_preferences?: components["schemas"]["Preferences"];
        };
        ConversationHead: {
            created_at: string;
            id: string;
            title: string;
            /** Format: int64 */
            turns: number;
            updated_at: string;
        };
        ConversationList: {
            conversations: components["schemas"]["ConversationHead"][];
        };
        ConversationReply: {
            conversation: components["schemas"]["ConversationHead"];
            turns: components["schemas"]["TurnReply"][];
        };
        DataSourceInfo: {
            data_source_info?: components["schemas"]["Source"];
            file_info: components["schemas"]["FileInfo"];
            integration_features: string[];
            semantic_model?: components["schemas"]["Model"];
            versions: components["schemas"]["Version"][];
        };
        EngineState: {
            detail: string;
            /** Format: double */
            latency_ms: number;
            name: string;
            status: string;
        };
        ErrorBody: {
            error: {
                /** @description Stable name of the kind of failure, e.g. not_found */
                code: string;
                /** @description Machine-readable parts: fields, position, row, column */
                detail: {
                    [key: string]: unknown;
                };
                /** @description What to do about it */
                hint: string;
                /** @description What was wrong, and where */
                message: string;
                /** @description Find this request in the server's log by it */
                request_id: string;
            };
        };
        ExecuteInput: {
            /** @description false: run it anew */
            cache?: boolean;
            /** @description 1 to 64 of A-Z a-z 0-9 _ -: a name to cancel the run by */
            client_run_id?: string;
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /**
             * Format: int64
             * @description Rows sent, 1 to 1,000,000; 1,000 when not given
             */
            limit?: number;
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            /** @description The run belongs to the history of this saved query */
            saved_query_id?: string;
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        ExecuteReply: {
            cached: boolean;
            columns: components["schemas"]["ResultColumn"][];
            /** Format: double */
            execution_time: number;
            query_id: string;
            /** Format: int64 */
            row_count: number;
            rows: unknown[][];
            suggested_chart: components["schemas"]["ChartSpec"];
            /** Format: int64 */
            total_rows?: number;
            truncated: boolean;
        };
        ExplainedPlan: {
            advice: components["schemas"]["Advice"][];
            /** Format: double */
            execution_time?: number;
            plan: components["schemas"]["PlanNode"];
        };
        ExplainInput: {
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            run?: boolean;
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        /** @enum {string} */
        ExportFormat: "csv" | "xlsx" | "json" | "parquet";
        ExportInput: {
            /** @description 1 to 64 of A-Z a-z 0-9 _ -: a name to follow and to cancel it by */
            client_run_id?: string;
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description Of the download, with or without its ending; result when not given */
            file_name?: string;
            format: components["schemas"]["ExportFormat"];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            saved_query_id?: string;
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        ExportReply: {
            file: string;
        };
        FeatureState: {
            enabled: boolean;
            last_sync?: string;
            /** Format: int64 */
            version: number;
        };
        File: {
            created_at: string;
            error?: components["schemas"]["FileError"];
            file_metadata: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            file_size: number;
            file_type: string;
            filename: string;
            id: string;
            original_filename: string;
            processing_status: components["schemas"]["FileStatus"];
            progress: components["schemas"]["FileProgress"];
            semantic_model_id?: string;
            source_id: string;
            updated_at: string;
            user_id: string;
        };
        FileError: {
            code: string;
            detail: {
                [key: string]: unknown;
            };
            hint: string;
            message: string;
        };
        FileInfo: {
            created_at: string;
            error?: components["schemas"]["FileError"];
            extracted_data: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            file_size: number;
            file_type: string;
            filename: string;
            id: string;
            processing_status: components["schemas"]["FileStatus"];
            progress: components["schemas"]["FileProgress"];
        };
        FileList: {
            files: components["schemas"]["File"][];
            next_cursor?: string;
            /** Format: int64 */
            total_count: number;
        };
        FileProgress: {
            /** Format: int64 */
            bytes: number;
            /** Format: double */
            fraction: number;
            /** Format: int64 */
            rows: number;
            stage: string;
        };
        /** @enum {string} */
        FileStatus: "pending" | "processing" | "completed" | "failed";
        /** @enum {string} */
        Frequency: "hourly" | "daily" | "weekly" | "monthly";
        HealthReport: {
            components: components["schemas"]["ComponentHealth"][];
            status: string;
        };
        HistogramBin: {
            /** Format: int64 */
            count: number;
            /** Format: double */
            from: number;
            /** Format: double */
            to: number;
        };
        Invite: {
            accepted_at?: string;
            created_at: string;
            email?: string;
            expires_at: string;
            id: string;
            role: components["schemas"]["MemberRole"];
            token?: string;
            workspace_id: string;
        };
        InviteList: {
            invites: components["schemas"]["Invite"][];
        };
        InviteToken: {
            invite_token: string;
        };
        JoinSide: {
            column: string;
            table: string;
        };
        LastRun: {
            created_at: string;
            /** Format: double */
            execution_time: number;
            query_id: string;
            /** Format: int64 */
            row_count?: number;
            status: components["schemas"]["RunStatus"];
        };
        LimitsChange: {
            /** Format: int64 */
            concurrent_queries?: number;
            /** Format: int64 */
            max_rows?: number;
            /** Format: int64 */
            max_seconds?: number;
        };
        Live: {
            status: string;
        };
        LoadReport: {
            /** Format: int64 */
            bytes: number;
            delimiter?: string;
            encoding?: string;
            format: string;
            header?: boolean;
            notes: string[];
            tables: components["schemas"]["TableLoad"][];
        };
        LoginRequest: {
            email: string;
            password: string;
        };
        Member: {
            created_at: string;
            email: string;
            full_name: string;
            role: components["schemas"]["MemberRole"];
            user_id: string;
        };
        MemberList: {
            members: components["schemas"]["Member"][];
        };
        /** @enum {string} */
        MemberRole: "viewer" | "editor" | "admin" | "owner";
        Membership: {
            created_at: string;
            id: string;
            name: string;
            role: components["schemas"]["MemberRole"];
        };
        Metric: {
            expression: string;
            name: string;
            synonyms: string[];
            table: string;
            unit?: string;
        };
        Model: {
            description?: string;
            id: string;
            name: string;
            schema_definition: components["schemas"]["SemanticModel"];
            /** Format: int64 */
            version: number;
        };
        ModelColumn: {
            default_aggregation: components["schemas"]["Aggregation"];
            description?: string;
            display_name: string;
            /** Format: int64 */
            distinct: number;
            examples: string[];
            name: string;
            original_name: string;
            role: components["schemas"]["Role"];
            semantic_type: components["schemas"]["SemanticType"];
            synonyms: string[];
            type: string;
            unit?: string;
        };
        ModelJoin: {
            cardinality: components["schemas"]["Cardinality"];
            left: components["schemas"]["JoinSide"];
            /** Format: double */
            match_ratio: number;
            /** Format: int64 */
            orphans: number;
            right: components["schemas"]["JoinSide"];
        };
        ModelTable: {
            columns: components["schemas"]["ModelColumn"][];
            description?: string;
            display_name: string;
            keys: string[];
            name: string;
            /** Format: int64 */
            rows: number;
            source_id: string;
            synonyms: string[];
            time_column?: string;
        };
        NewInvite: {
            /** @description Only this address may use it; none: whoever has the link */
            email?: string;
            /** @description viewer, editor (when not given) or admin */
            role?: components["schemas"]["MemberRole"];
        };
        Notification: {
            created_at: string;
            data: {
                [key: string]: unknown;
            };
            feature?: string;
            id: string;
            message: string;
            read: boolean;
            title: string;
            type: string;
        };
        NotificationsReply: {
            next_cursor?: string;
            notifications: components["schemas"]["Notification"][];
            /** Format: int64 */
            unread_count: number;
        };
        NumberTrace: {
            column?: string;
            derivation?: string;
            /** Format: int64 */
            row?: number;
            text: string;
        };
        ParameterDefinition: {
            choices?: unknown[];
            default_value?: unknown;
            label?: string;
            name: string;
            type: components["schemas"]["ParameterType"];
        };
        /** @enum {string} */
        ParameterType: "text" | "integer" | "number" | "boolean" | "date" | "timestamp" | "text_list" | "integer_list" | "number_list";
        PasswordChange: {
            current_password: string;
            new_password: string;
        };
        PlanNode: {
            children: components["schemas"]["PlanNode"][];
            details: {
                [key: string]: string;
            };
            /** Format: int64 */
            estimated_rows?: number;
            operator_name: string;
            /** Format: int64 */
            rows?: number;
            /** Format: double */
            seconds?: number;
            /** Format: double */
            share?: number;
            title: string;
        };
        Preferences: {
            chart?: string;
            detail?: string;
            locale?: string;
            time_zone?: string;
        };
        Preview: {
            columns: components["schemas"]["ResultColumn"][];
            rows: unknown[][];
        };
        Problem: {
            /** Format: int64 */
            from?: number;
            hint: string;
            message: string;
            /** Format: int64 */
            position?: number;
            saved_query?: string;
            /** Format: int64 */
            to?: number;
        };
        ProfileChange: {
            full_name?: string;
        };
        QuarantinedCell: {
            column?: string;
            raw: string;
            reason: string;
            /** Format: int64 */
            row: number;
        };
        QueryFields: {
            chart?: unknown;
            description?: string;
            folder?: string;
            name?: string;
            parameter_definitions?: components["schemas"]["ParameterDefinition"][];
            reading?: unknown;
            reference?: string;
            shared?: boolean;
            sql_query?: string;
            tags?: string[];
            /** Format: int64 */
            version?: number;
        };
        QueryVersion: {
            chart?: unknown;
            created_at: string;
            parameter_definitions: components["schemas"]["ParameterDefinition"][];
            reading?: unknown;
            sql_query: string;
            user_id?: string;
            /** Format: int64 */
            version: number;
        };
        ReadingView: {
            chips: components["schemas"]["Chip"][];
            logical: unknown;
            sentence: string;
        };
        ReadInput: {
            ids?: string[];
        };
        Receipt: {
            /** Format: double */
            confidence: number;
            /** Format: double */
            elapsed_ms: number;
            engine: string;
            filters: string[];
            joins: string[];
            /** Format: double */
            next_confidence?: number;
            numbers: components["schemas"]["NumberTrace"][];
            /** Format: int64 */
            rows_in: number;
            /** Format: int64 */
            rows_matched?: number;
            /** Format: int64 */
            rows_out: number;
            sql: string;
            tables: components["schemas"]["ReceiptTable"][];
        };
        ReceiptTable: {
            /** Format: int64 */
            rows: number;
            source_id: string;
            table: string;
            /** Format: int64 */
            version: number;
        };
        RefreshRequest: {
            refresh_token: string;
        };
        ResultColumn: {
            name: string;
            type: string;
        };
        /** @enum {string} */
        Role: "measure" | "dimension" | "time" | "identifier" | "text";
        Run: {
            cached: boolean;
            created_at: string;
            error_message?: string;
            /** Format: double */
            execution_time: number;
            parameters: {
                [key: string]: unknown;
            };
            preview?: components["schemas"]["Preview"];
            query_id: string;
            /** Format: int64 */
            row_count?: number;
            saved_query_id?: string;
            /** Format: int64 */
            saved_version?: number;
            sql_query: string;
            started_by: components["schemas"]["StartedBy"];
            status: components["schemas"]["RunStatus"];
            user_id?: string;
            versions_read: {
                [key: string]: number;
            };
        };
        RunningList: {
            runs: components["schemas"]["RunningQuery"][];
        };
        RunningQuery: {
            /** Format: int64 */
            bytes: number;
            client_run_id?: string;
            /** Format: double */
            fraction: number;
            query_id: string;
            /** Format: int64 */
            queue_position?: number;
            /** Format: int64 */
            rows: number;
            saved_query_id?: string;
            sql_query: string;
            started_at: string;
            state: components["schemas"]["RunState"];
        };
        RunPage: {
            next_cursor?: string;
            runs: components["schemas"]["Run"][];
        };
        /** @enum {string} */
        RunState: "queued" | "running";
        /** @enum {string} */
        RunStatus: "completed" | "failed" | "cancelled";
        SavedQuery: {
            chart?: unknown;
            created_at: string;
            deleted_at?: string;
            description: string;
            folder: string;
            id: string;
            last_run?: components["schemas"]["LastRun"];
            name: string;
            owned: boolean;
            parameter_definitions: components["schemas"]["ParameterDefinition"][];
            reading?: unknown;
            reference: string;
            shared: boolean;
            sql_query: string;
            tags: string[];
            updated_at: string;
            user_id?: string;
            /** Format: int64 */
            version: number;
        };
        SavedQueryPage: {
            folders: string[];
            next_cursor?: string;
            queries: components["schemas"]["SavedQuery"][];
            tags: string[];
            /** Format: int64 */
            total_count: number;
        };
        Schedule: {
            /** Format: int64 */
            day: number;
            enabled: boolean;
            frequency: components["schemas"]["Frequency"];
            /** Format: int64 */
            hour: number;
            last_run_at?: string;
            /** Format: int64 */
            minute: number;
            next_run_at: string;
            parameters: {
                [key: string]: unknown;
            };
            user_id: string;
            /** Format: int64 */
            weekday: number;
        };
        SemanticModel: {
            joins: components["schemas"]["ModelJoin"][];
            metrics: components["schemas"]["Metric"][];
            tables: components["schemas"]["ModelTable"][];
        };
        /** @enum {string} */
        SemanticType: "amount" | "quantity" | "price" | "share" | "measure" | "identifier" | "code" | "category" | "boolean" | "date" | "timestamp" | "year" | "month" | "country" | "region" | "city" | "latitude" | "longitude" | "person" | "name" | "email" | "phone" | "url" | "text" | "json" | "unknown";
        Session: {
            access_token: string;
            /** Format: int64 */
            expires_in: number;
            refresh_token: string;
            token_type: string;
            user: components["schemas"]["User"];
        };
        SignupRequest: {
            /** @description Address to log in with */
            email: string;
            full_name: string;
            /** @description Joins the workspace of this invitation instead of making one */
            invite_token?: string;
            /** @description At least 8 characters */
            password: string;
        };
        Source: {
            created_at: string;
            data_type: string;
            feature_integrations: {
                [key: string]: components["schemas"]["FeatureState"];
            };
            /** Format: int64 */
            rows: number;
            schema: components["schemas"]["SourceSchema"];
            semantic_model_id?: string;
            sentence: string;
            source_id: string;
            source_name: string;
            source_type: string;
            status: string;
            suggested_questions: string[];
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        SourceSchema: {
            tables: components["schemas"]["Table"][];
        };
        SourcesReply: {
            available_features: string[];
            sources: components["schemas"]["Source"][];
            /** Format: int64 */
            total_count: number;
        };
        /** @enum {string} */
        StartedBy: "person" | "schedule";
        StatementInput: {
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        StuckFile: {
            file_id: string;
            filename: string;
            since: string;
            stage: string;
        };
        StuckReply: {
            /** Format: int64 */
            count: number;
            files: components["schemas"]["StuckFile"][];
        };
        Suggestion: {
            kind: components["schemas"]["SuggestionKind"];
            question: string;
            reason: string;
            sql_query: string;
        };
        /** @enum {string} */
        SuggestionKind: "question" | "next" | "fix";
        SuggestionsInput: {
            /** @description Only for these sources */
            data_source_ids?: string[];
            /** @description true: the statement has an error and is to be corrected */
            failed?: boolean;
            /**
             * Format: int64
             * @description 1 to 20; 6 when not given
             */
            limit?: number;
            /** @description The statement on the page: what to ask next */
            sql_query?: string;
        };
        SuggestionsReply: {
            suggestions: components["schemas"]["Suggestion"][];
        };
        SyncInput: {
            feature?: string;
            source_id?: string;
        };
        SyncReply: {
            /** Format: int64 */
            sources: number;
            /** Format: int64 */
            started: number;
            states: components["schemas"]["SyncState"][];
            /** Format: int64 */
            up_to_date: number;
        };
        SyncState: {
            features: {
                [key: string]: components["schemas"]["FeatureState"];
            };
            source_id: string;
            up_to_date: boolean;
        };
        Table: {
            columns: components["schemas"]["Column"][];
            name: string;
            /** Format: int64 */
            rows: number;
            stored_name: string;
            title: string;
        };
        TableLoad: {
            decisions: components["schemas"]["ColumnDecision"][];
            /** Format: int64 */
            quarantined: number;
            /** Format: int64 */
            rows: number;
            samples: components["schemas"]["QuarantinedCell"][];
            table: string;
        };
        TableProfile: {
            columns: components["schemas"]["ColumnProfile"][];
            /** Format: int64 */
            rows: number;
            sentence: string;
            table: string;
        };
        TestInput: {
            message: string;
        };
        TestReply: {
            engines: components["schemas"]["EngineState"][];
            response: string;
        };
        Ticket: {
            /** Format: int64 */
            expires_in: number;
            ticket: string;
        };
        TimePoint: {
            /** Format: int64 */
            count: number;
            t: string;
        };
        TurnReply: {
            answer: components["schemas"]["AskReply"];
            created_at: string;
            id: string;
            question: string;
        };
        UploadedFile: {
            file_id: string;
            filename: string;
            integration_enabled: boolean;
            message: string;
            status: string;
        };
        UploadReply: {
            file_id?: string;
            filename?: string;
            files: components["schemas"]["UploadedFile"][];
            integration_enabled?: boolean;
            message?: string;
            status?: string;
        };
        User: {
            created_at: string;
            email: string;
            full_name: string;
            id: string;
            is_active: boolean;
            owns_install: boolean;
            updated_at: string;
            workspace_id: string;
            workspaces: components["schemas"]["Membership"][];
        };
        Validation: {
            columns: components["schemas"]["ResultColumn"][];
            parameters: components["schemas"]["ResultColumn"][];
            problems: components["schemas"]["Problem"][];
            saved_queries: string[];
            sentences: string[];
            tables: string[];
            valid: boolean;
        };
        ValueCount: {
            /** Format: int64 */
            count: number;
            value: string;
        };
        Version: {
            /** Format: int64 */
            bytes: number;
            created_at: string;
            load_report: components["schemas"]["LoadReport"];
            profiles: components["schemas"]["TableProfile"][];
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            version: number;
        };
        VersionList: {
            versions: components["schemas"]["QueryVersion"][];
        };
        WorkspaceChange: {
            name: string;
        };
        WorkspaceChoice: {
            workspace_id: string;
        };
        WorkspaceLimits: {
            /** Format: int64 */
            concurrent_queries: number;
            /** Format: int64 */
            max_rows: number;
            /** Format: int64 */
            max_seconds: number;
            /** Format: int64 */
            memory_bytes: number;
        };
        WorkspaceList: {
            workspaces: components["schemas"]["Membership"][];
        };
    };
    responses: {
        /** @description Any failure */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    post_api_ai_conversation_enhanced: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_ai_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_ai_conversations_conversation_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_ai_conversations_conversation_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_ai_conversations_conversation_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationHead"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_query_suggestions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SuggestionsInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionsReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_accept_invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteToken"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_auth_invites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_invites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invite"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_auth_invites_invite_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_signup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignupRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceChoice"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_file_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_files_file_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_file_id_data_source_info: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSourceInfo"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_file_id_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_reset_stuck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StuckReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_reset_stuck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StuckReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_sample: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_sync_features: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SyncInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_integration_data_sources: {
        parameters: {
            query?: {
                feature?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcesReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_integration_notifications: {
        parameters: {
            query?: {
                cursor?: string;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationsReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_integration_notifications_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadInput"];
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_integration_sync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SyncInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description With the folders below it */
                folder?: string;
                /** @description 1 to 500; 100 when not given */
                limit?: number;
                /** @description Part of the name, description or SQL, without regard to case */
                search?: string;
                tag?: string;
                /** @description true: the deleted ones instead */
                trash?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQueryPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["QueryFields"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_queries_query_id: {
        parameters: {
            query?: {
                permanently?: boolean;
            };
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_queries_query_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    chart?: unknown;
                    description?: string;
                    folder?: string;
                    name?: string;
                    parameter_definitions?: components["schemas"]["ParameterDefinition"][];
                    reading?: unknown;
                    reference?: string;
                    shared?: boolean;
                    sql_query?: string;
                    tags?: string[];
                    /** Format: int64 */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_query_id_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_query_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_rows: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecuteReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_runs: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    put_api_queries_query_id_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: int64 */
                    day?: number;
                    enabled?: boolean;
                    frequency: components["schemas"]["Frequency"];
                    /** Format: int64 */
                    hour?: number;
                    /** Format: int64 */
                    minute: number;
                    parameters?: {
                        [key: string]: unknown;
                    };
                    /** Format: int64 */
                    weekday?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_queries_query_id_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_query_id_versions_version_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_execute_enhanced: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExecuteInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecuteReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedPlan"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_history: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 1 to 500; 50 when not given */
                limit?: number;
                saved_query_id?: string;
                /** @description Part of the SQL, without regard to case */
                search?: string;
                /** @description RFC 3339; runs from then on */
                since?: string;
                status?: components["schemas"]["RunStatus"];
                /** @description RFC 3339; runs before then */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_history_run_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceLimits"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    put_api_queries_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LimitsChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceLimits"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_running: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunningList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_running_run_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Validation"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_realtime_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_workspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_workspaces_current: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_workspaces_members: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_workspaces_members_user_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_workspaces_members_user_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: components["schemas"]["MemberRole"];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
