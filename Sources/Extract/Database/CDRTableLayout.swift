internal import CallRecords
internal import MariaDB

/// Which columns of a CDR a table has, and how each is asked for.
struct CDRTableLayout: Sendable {
    /// What a selected column becomes.
    enum Target: Sendable {
        case start, answer, end, duration, billsec, amaflags, sequence
        case text(CDRField, TextColumn)
    }

    /// The time by which rows are found: `calldate`, which FreePBX indexes, before `start`.
    let start: TimeColumn
    /// One a selected expression, in the same order.
    let targets: [Target]
    let expressions: [String]
    /// As the table spells them.
    let columnNames: [String]
    /// Columns of a current PBX that the table does not have.
    let missing: [String]
    /// Text columns that the table has.
    let present: CDRFieldSet

    /// Sorts the columns of a table.
    ///
    /// - Throws: `SourceError` with `layout` where the table cannot hold CDRs.
    init(_ shape: TableShape) throws(SourceError) {
        guard let start = shape.column(anyOf: ["calldate", "start"]) else {
            throw SourceError(.layout, "\(shape.name) has neither calldate nor start: it is no CDR table")
        }
        self.start = TimeColumn(start)
        var targets: [Target] = [.start]
        var expressions = [self.start.selected]
        var columns = [start.name]
        var missing: [String] = []
        var present: CDRFieldSet = []

        func take(_ name: String, _ target: Target, _ expression: (TableShape.Column) -> String) {
            guard let column = shape.column(name), column.name != start.name else {
                if shape.column(name) == nil { missing.append(name) }
                return
            }
            targets.append(target)
            expressions.append(expression(column))
            columns.append(column.name)
        }
        take("answer", .answer, TimeColumn.asWritten)
        take("end", .end, TimeColumn.asWritten)
        for (name, target) in [
            ("duration", Target.duration), ("billsec", .billsec), ("amaflags", .amaflags), ("sequence", .sequence),
        ] {
            take(name, target) { Connection.identifier($0.name) }
        }
        for field in CDRField.allCases {
            guard let column = shape.column(field.name) else {
                missing.append(field.name)
                continue
            }
            let text = TextColumn(column)
            targets.append(.text(field, text))
            expressions.append(text.selected)
            columns.append(column.name)
            present.insert(field)
        }
        guard present.contains(.dst) || present.contains(.channel) else {
            throw SourceError(.layout, "\(shape.name) has neither dst nor channel: it is no CDR table")
        }
        self.targets = targets
        self.expressions = expressions
        columnNames = columns
        self.missing = missing
        self.present = present
    }
}
