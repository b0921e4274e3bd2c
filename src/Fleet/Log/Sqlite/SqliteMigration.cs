namespace Fleet.Log.Sqlite;

/// <summary>One numbered step from the version before to this one.</summary>
internal sealed record SqliteMigration(int Version, string Sql)
{
    /// <summary>Every step so far. A released step is never edited; a change is a new step.</summary>
    public static IReadOnlyList<SqliteMigration> All { get; } =
    [
        new(
            1,
            """
            CREATE TABLE events (
                seq INTEGER PRIMARY KEY,
                at INTEGER NOT NULL, -- milliseconds since 1970, UTC
                kind TEXT NOT NULL,
                actor TEXT NOT NULL,
                cause INTEGER,
                task INTEGER,
                run INTEGER,
                body TEXT, -- NULL: redacted
                body_hash TEXT NOT NULL,
                previous_hash TEXT NOT NULL,
                hash TEXT NOT NULL
            ) STRICT;

            CREATE TABLE snapshots (
                seq INTEGER PRIMARY KEY,
                hash TEXT NOT NULL,
                rules TEXT NOT NULL,
                state BLOB NOT NULL,
                state_hash TEXT NOT NULL
            ) STRICT;

            CREATE TRIGGER events_stay BEFORE DELETE ON events
            BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

            CREATE TRIGGER events_stay_as_they_are
            BEFORE UPDATE OF seq, at, kind, actor, cause, task, run, body_hash, previous_hash, hash ON events
            BEGIN SELECT RAISE(ABORT, 'events are never rewritten'); END;

            CREATE TRIGGER bodies_are_only_redacted
            BEFORE UPDATE OF body ON events WHEN new.body IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a body can only be redacted'); END;
            """
        ),
        new(
            2,
            """
            -- A redaction leaves what the state is made of; the audit tells it from a rewriting by its recorded act.
            CREATE TABLE redactions (seq INTEGER PRIMARY KEY) STRICT;

            DROP TRIGGER bodies_are_only_redacted;
            CREATE TRIGGER bodies_are_only_redacted
            BEFORE UPDATE OF body ON events WHEN old.seq NOT IN (SELECT seq FROM redactions)
            BEGIN SELECT RAISE(ABORT, 'a body can only be redacted'); END;
            """
        ),
    ];
}
