import CallRecords
import MariaDB

/// The column names of a site's own table, such as `call_time` for `start`. Columns that are not listed here have the
/// names that Asterisk and FreePBX give them.
public struct ColumnNames: Hashable, Sendable {
    private var names: [String: String]

    /// - Parameter names: the table's name for each column, by Asterisk's name (`calldate` counts as `start`).
    public init(_ names: [String: String] = [:]) {
        self.names = [:]
        for (name, column) in names where !column.isEmpty {
            self.names[name.lowercased() == "calldate" ? "start" : name.lowercased()] = column
        }
    }

    /// The names as written in the configuration: `start=call_time`.
    ///
    /// - Throws: ``ExtractError`` for a text in any other form, or a name that is not one of `known`.
    public init(_ pairs: [String], of kind: Kind) throws(ExtractError) {
        var names: [String: String] = [:]
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).trimmingBlanks() }
            guard parts.count == 2, kind.names.contains(parts[0].lowercased()) else {
                throw ExtractError(
                    .unknownColumn,
                    "\(pair.printable) names no column. Write name=column with one of the names \(kind.names.joined(separator: ", "))."
                )
            }
            names[parts[0]] = parts[1]
        }
        self.init(names)
    }

    /// The table to whose columns the names apply.
    public enum Kind: Sendable {
        case cdr, queueLog

        var names: [String] {
            switch self {
            case .cdr:
                CDRTableLayout.Value.allCases.map(\.rawValue) + ["calldate"] + CDRField.allCases.map(\.name)
            case .queueLog: ["time"] + QueueLogTableLayout.names.map { $0.names[0] }
            }
        }
    }

    /// The table's column with this name; `nil` if the table has none.
    ///
    /// - Throws: ``ExtractError`` if a configured column does not exist in the table.
    func column(_ name: String, in shape: TableShape) throws(ExtractError) -> TableShape.Column? {
        guard let mapped = names[name] else { return shape.column(name) }
        if let column = shape.column(mapped.lowercased()) { return column }
        throw ExtractError(
            .unknownColumn,
            "\(shape.name) has no column \(mapped), which the configuration names for \(name). Its columns are"
                + " \(shape.columns.map(\.name).joined(separator: ", "))."
        )
    }

    /// Whether a name is configured for this column.
    func names(_ name: String) -> Bool { names[name] != nil }

    /// How to configure the columns of a table that cannot be read without it.
    static func advice(_ shape: TableShape, table: String, example: String) -> String {
        "Its columns are \(shape.columns.prefix(60).map(\.name).joined(separator: ", ")). If they have other names, set those in the"
            + " configuration: \(table) = [\(example)] in [pbx.NAME.cdr_database]."
    }
}
