import MariaDB

/// Which columns a table of some kind has, and how its rows are queried.
protocol TableLayout {
    /// Assigns the columns of a table.
    ///
    /// - Throws: ``ExtractError`` with `unknownTable` if the table cannot contain such records.
    init(_ shape: TableShape, names: ColumnNames, times: TimeColumns) throws(ExtractError)
    /// The possible names of the time column, the preferred one first.
    static var timeNames: [String] { get }
    /// The time by which rows are searched.
    var time: TimeColumn { get }
    /// The selected expressions, including the time.
    var expressions: [String] { get }
    /// Orders rows of the same time, if that requires no sorting.
    var tieBreak: String? { get }
    /// The selected columns as the table spells them.
    var columnNames: [String] { get }
    /// Columns that other tables of this kind have.
    var missing: [String] { get }
}

/// A table that was found and examined; nothing has been read yet.
struct OpenTable<Layout: TableLayout>: ~Copyable {
    let layout: Layout
    let description: TableDescription
    let scan: TableScan

    /// Connects and examines the table.
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
