import CallRecords

/// Recognises the layout of a Master.csv from the form of the columns' contents.
enum LayoutDetector {
    /// What the records show.
    enum Finding: Equatable {
        case layout(MasterCSVLayout)
        /// More than one layout fits all records.
        case ambiguous([MasterCSVLayout])
        /// None fits: nothing that Asterisk writes by itself.
        case unknown(columns: Int)
    }

    /// A record of the sample: its fields as texts.
    typealias Sample = [[UInt8]]

    /// Examines records that all have the same number of columns.
    static func detect(_ sample: [Sample]) -> Finding {
        let columns = sample.first?.count ?? 0
        let fitting = layouts(of: columns, fitting: sample)
        guard fitting.count > 1 else {
            return fitting.first.map(Finding.layout) ?? withFurtherColumns(sample) ?? .unknown(columns: columns)
        }
        // The 17th column of cdr_csv is the uniqueid or the userfield, and a table dump has the two in reverse order.
        let shapely = fitting.filter { layout in
            guard let column = layout.columns.firstIndex(of: .text(.uniqueid)) else { return false }
            let alike = sample.count { looksLikeUniqueID($0[column]) }
            // The PBX never leaves a uniqueid empty, and generates all of them itself except those supplied over AMI or
            // ARI.
            return alike * 2 >= sample.count && !sample.contains { $0[column].isEmpty }
        }
        if shapely.count == 1 { return .layout(shapely[0]) }
        guard let withUserfield = fitting.first(where: { !$0.present.contains(.uniqueid) }),
            let column = fitting.first(where: { $0.present.contains(.uniqueid) })?.columns.firstIndex(
                of: .text(.uniqueid)
            )
        else {
            // All have a uniqueid: output of cdr_csv is more likely than a dump.
            return fitting.first { $0.name.hasPrefix("csv") }.map(Finding.layout) ?? .ambiguous(fitting)
        }
        let alike = sample.count { looksLikeUniqueID($0[column]) }
        if alike == 0, sample.contains(where: { $0[column].isEmpty }) { return .layout(withUserfield) }
        return .ambiguous(fitting)
    }

    private static func layouts(of columns: Int, fitting sample: [Sample]) -> [MasterCSVLayout] {
        MasterCSVLayout.known.filter { layout in
            guard layout.columns.count == columns else { return false }
            let good = sample.count { fits($0, layout) }
            // Broken records may be among them, in a small file even a large share. No other column order fits by
            // chance.
            return good > 0 && good * 2 >= sample.count
        }
    }

    /// The longest known layout that fits the first columns, if no layout fits all of them: a site may add any columns
    /// after those. If the layout has a uniqueid, the uniqueids must be plausible.
    private static func withFurtherColumns(_ sample: [Sample]) -> Finding? {
        let columns = sample.first?.count ?? 0
        for count in stride(from: columns - 1, through: 16, by: -1) {
            let heads = sample.map { Array($0.prefix(count)) }
            let fitting = layouts(of: count, fitting: heads).filter { layout in
                guard let column = layout.columns.firstIndex(of: .text(.uniqueid)) else {
                    return layout.columns.count == 16
                }
                return heads.count { looksLikeUniqueID($0[column]) } * 2 >= heads.count
            }
            if let layout = fitting.first { return .layout(MasterCSVLayout(layout, further: columns - count)) }
        }
        return nil
    }

    private static func fits(_ record: Sample, _ layout: MasterCSVLayout) -> Bool {
        zip(record, layout.columns).allSatisfy { field, column in
            field.withUnsafeBufferPointer { text in
                switch column {
                case .start: text.count >= 9 && RawTime(parsing: text).map { $0 != .none } ?? false
                // A length must not be read as an instant in 1970.
                case .answer, .end: text.count >= 9 && RawTime(parsing: text) != nil || text.isEmpty
                case .duration, .billsec: LoggedLength(parsing: text)?.seconds != nil
                case .amaflags: AMAFlags(parsing: text) != nil
                case .sequence: text.isEmpty || isSeconds(text)
                case .text(.disposition): isDisposition(text)
                case .text, .ignored: true
                }
            }
        }
    }

    private static func isSeconds(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = ByteCursor(text)
        return cursor.digits(1...10) != nil
            && (cursor.isAtEnd || cursor.skip(UInt8(ascii: ".")) && cursor.digits(1...9) != nil && cursor.isAtEnd)
    }

    /// One of Asterisk's words in any spelling, one of its numbers, another word, or nothing: what an application
    /// writes.
    private static func isDisposition(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.isEmpty || Disposition(parsing: text) != nil { return true }
        return text.count <= 32 && !text.contains { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "/") }
    }

    private static func looksLikeUniqueID(_ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { UniqueID(parsing: $0) != nil }
    }
}
