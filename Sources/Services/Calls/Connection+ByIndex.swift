import Postgres

extension Connection {
    /// Queries without reading a whole table if an index can answer.
    ///
    /// An index of Bloom filters finds a rare value in a few pages. The server expects it to find all pages if the column is
    /// not sorted like the table, so it may read the whole table instead, which takes longer the larger the table is.
    ///
    /// - Precondition: a transaction is open.
    /// - Throws: `PostgresError`.
    func queryByIndex(_ statement: String, _ parameters: [Parameter]) throws(PostgresError) -> Rows {
        try execute("set local enable_seqscan = off")
        let result = try query(statement, parameters)
        try execute("set local enable_seqscan = on")
        return result
    }
}
