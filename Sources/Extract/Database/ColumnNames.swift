import CallRecords
import MariaDB

/// Under which names a table of a site's own has its columns: `start` is `call_time`, say. Columns that are not named here have
/// the names that Asterisk and FreePBX give them.
public struct ColumnNames: Hashable, Sendable {
    private var names: [String: String]

    /// - Parameter names: what a column is, by Asterisk's name for it (`calldate` is `start`), and the table's name.
    public init(_ names: [String: String] = [:]) {
        self.names = [:]
        for (name, column) in names where !column.isEmpty {
            self.names[name.lowercased() == "calldate" ? "start" : name.lowercased()] = column
        }
    }

    /// The names as the configuration has them: `start=call_time`.
    ///
    /// - Throws: ``ExtractError`` for a text of another form, or a name that is not one of `known`.
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

    /// Which table's columns are named.
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

    /// The table's column of this name; `nil` where the table has none.
    ///
    /// - Throws: ``ExtractError`` where a column is named that the table does not have.
    func column(_ name: String, in shape: TableShape) throws(ExtractError) -> TableShape.Column? {
        guard let mapped = names[name] else { return shape.column(name) }
        if let column = shape.column(mapped.lowercased()) { return column }
        throw ExtractError(
            .unknownColumn,
            "\(shape.name) has no column \(mapped), which the configuration names for \(name). Its columns are"
                + " \(shape.columns.map(\.name).joined(separator: ", "))."
        )
    }

    /// Whether the column of this name was named.
    func names(_ name: String) -> Bool { names[name] != nil }

    /// How to name the columns of a table that cannot be read as it is.
    static func advice(_ shape: TableShape, table: String, example: String) -> String {
        "Its columns are \(shape.columns.prefix(60).map(\.name).joined(separator: ", ")). Where they have other names, say so in the"
            + " configuration: \(table) = [\(example)] in [pbx.NAME.cdr_database]."
    }
}
