import MariaDB

/// Which columns a table of some kind has, and how rows of it are asked for.
protocol TableLayout {
    /// Sorts the columns of a table.
    ///
    /// - Throws: ``ExtractError`` with `unknownTable` where the table cannot hold what is looked for.
    init(_ shape: TableShape, names: ColumnNames, times: TimeColumns) throws(ExtractError)
    /// The names that the time may have, the preferred one first.
    static var timeNames: [String] { get }
    /// The time by which rows are found.
    var time: TimeColumn { get }
    /// What is selected, the time among it.
    var expressions: [String] { get }
    /// Orders rows of one time, where it costs no sorting.
    var tieBreak: String? { get }
    /// The selected columns as the table spells them.
    var columnNames: [String] { get }
    /// Columns that other tables of the kind have.
    var missing: [String] { get }
}

/// A table that was found and looked at; nothing is read yet.
struct OpenTable<Layout: TableLayout>: ~Copyable {
    let layout: Layout
    let description: TableDescription
    let scan: TableScan

    /// Connects and looks at the table.
    init(
        _ table: String,
        window: SourceWindow?,
        names: ColumnNames,
        in configuration: Configuration,
        pace: TableScan.Pace
    ) throws(ExtractError) {
        var configuration = configuration
        configuration.resultText = .asStored
        var connection = try Connection(toRead: configuration)
        let shape = try TableShape(of: table, on: &connection)
        let times = try TimeColumns(Layout.timeNames, of: shape, on: &connection)
        let layout = try Layout(shape, names: names, times: times)
        let description = TableDescription(
            shape,
            server: connection.serverVersion,
            columns: layout.columnNames,
            missing: layout.missing,
            time: layout.time.column,
            undated: window == nil ? 0 : try layout.time.undatedRows(of: shape, on: &connection)
        )
        let scan = try TableScan(
            TableScan.Query(
                shape: shape,
                time: layout.time,
                expressions: layout.expressions,
                tieBreak: layout.tieBreak,
                window: window
            ),
            on: connection,
            configuration: configuration,
            pace: pace
        )
        self.layout = layout
        self.description = description
        self.scan = scan
    }
}
