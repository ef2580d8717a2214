import Postgres

/// Installs views and functions whose text has changed, in one transaction.
struct ViewUpdate {
    let changed: [(file: SQLFile, checksum: String)]
    let all: [SQLFile]

    func run(_ connection: borrowing Connection) throws {
        guard !changed.isEmpty else { return }
        try connection.transaction { connection in
            // A function may use a view that comes after it.
            try connection.execute("set local check_function_bodies = off")
            do {
                // Replacing preserves granted rights and objects that others built on a view.
                try connection.savepoint { connection in
                    for view in changed { try replace(view.file, connection) }
                }
            } catch let error as PostgresError where Self.needsRemoval(error) {
                try rebuild(connection) { _ in }
            }
            try Distribution.adaptFunctions(connection)
            for view in changed {
                try connection.query(
                    """
                    insert into voip.schema_view (name, checksum) values ($1, $2)
                    on conflict (name) do update set checksum = excluded.checksum, applied_at = now()
                    """,
                    [.text(view.file.name), .text(view.checksum)]
                )
            }
        }
    }

    /// Drops every view and function, runs `body`, which may then replace the tables below them, and makes them again, in a
    /// transaction of the caller.
    static func rebuilding(
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Void
    ) throws {
        try connection.execute("set local check_function_bodies = off")
        let files = SQLFile.embedded
        try ViewUpdate(changed: [], all: files.inFolder("functions") + files.inFolder("views")).rebuild(
            connection,
            body
        )
    }

    private func rebuild(
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Void
    ) throws {
        try dropAll(connection)
        try body(connection)
        for view in all { try connection.execute(view.content) }
    }

    /// Executes a file. A function with other parameters than before is another one for the server, which replaces
    /// nothing, and a name that then fits both is refused: so the former one is dropped.
    private func replace(_ file: SQLFile, _ connection: borrowing Connection) throws {
        let former = try functions(of: [file], connection)
        do {
            try connection.savepoint { connection in try connection.execute(file.content) }
            if former.isEmpty { return }
            let current = try functions(of: [file], connection)
            if current == former { return }
        } catch let error as PostgresError where error.isSQLState("42725") {
            // The file comments on the function by its name alone.
        }
        try connection.execute("drop function \(former.joined(separator: ", "))")
        try connection.execute(file.content)
    }

    /// The functions of some files that the schema has, with the types of their parameters.
    private func functions(of files: [SQLFile], _ connection: borrowing Connection) throws -> [String] {
        try connection.query(
            """
            select oid::regprocedure::text from pg_proc
            where pronamespace = 'voip'::regnamespace and proname = any($1)
            order by 1
            """,
            [.textArray(files.map(\.title))]
        ).map { row throws(PostgresError) in try row.text(0) }
    }

    /// 42P16: a column was renamed, moved, removed or got another type, which CREATE OR REPLACE refuses. 42P13: the
    /// same for a function. 2BP01: a view uses a function whose parameters have changed.
    private static func needsRemoval(_ error: PostgresError) -> Bool {
        ["42P16", "42P13", "2BP01"].contains(where: error.isSQLState)
    }

    /// Every view of the schema comes from a file, so all of them can be recreated; of the functions, those that have a
    /// file. If somebody else's object depends on one, the server refuses and names it.
    private func dropAll(_ connection: borrowing Connection) throws {
        let views = try connection.query("select viewname from pg_views where schemaname = 'voip'")
            .map { row throws(PostgresError) in "voip." + SQL.identifier(try row.text(0)) }
        if !views.isEmpty { try connection.execute("drop view \(views.joined(separator: ", "))") }
        let functions = try functions(of: all, connection)
        if !functions.isEmpty { try connection.execute("drop function \(functions.joined(separator: ", "))") }
    }
}
