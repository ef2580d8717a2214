internal import CallRecords

/// Recognises the layout of a Master.csv by the shape of what stands in its columns.
enum LayoutDetector {
    /// What the records say.
    enum Finding: Equatable {
        case layout(MasterCSVLayout)
        /// More than one layout fits all there is.
        case ambiguous([MasterCSVLayout])
        /// None fits: nothing that Asterisk writes by itself.
        case unknown(columns: Int)
    }

    /// A record of the sample: its fields as texts.
    typealias Sample = [[UInt8]]

    /// Looks at records that all have the same number of columns.
    static func detect(_ sample: [Sample]) -> Finding {
        let columns = sample.first?.count ?? 0
        let fitting = MasterCSVLayout.known.filter { layout in
            guard layout.columns.count == columns else { return false }
            let good = sample.count { fits($0, layout) }
            // Broken records may be among them, in a small file not a small part. No other order of columns fits by chance.
            return good > 0 && good * 2 >= sample.count
        }
        guard fitting.count > 1 else { return fitting.first.map(Finding.layout) ?? .unknown(columns: columns) }
        // 17 and 20 columns of cdr_csv: is the seventeenth the uniqueid or the userfield?
        guard let withUniqueid = fitting.first(where: { $0.present.contains(.uniqueid) }),
            let withUserfield = fitting.first(where: { !$0.present.contains(.uniqueid) }),
            let column = withUniqueid.columns.firstIndex(of: .text(.uniqueid))
        else { return .ambiguous(fitting) }
        let alike = sample.count { looksLikeUniqueID($0[column]) }
        let hasEmpty = sample.contains { $0[column].isEmpty }
        // The PBX never leaves a uniqueid empty, and makes them all itself but those that AMI or ARI supplied.
        if alike * 2 >= sample.count, !hasEmpty { return .layout(withUniqueid) }
        if alike == 0, hasEmpty { return .layout(withUserfield) }
        return .ambiguous(fitting)
    }

    private static func fits(_ record: Sample, _ layout: MasterCSVLayout) -> Bool {
        zip(record, layout.columns).allSatisfy { field, column in
            field.withUnsafeBufferPointer { text in
                switch column {
                case .start: text.count >= 9 && RawTime(parsing: text).map { $0 != .none } ?? false
                // A length is no instant of 1970.
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

    /// Words such as `NO ANSWER`, or the numbers that Asterisk has for them.
    private static func isDisposition(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        var cursor = ByteCursor(text)
        if cursor.digits(1...2) != nil { return Disposition(parsing: text) != nil }
        return text.allSatisfy { byte in
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_")
        }
    }

    private static func looksLikeUniqueID(_ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { UniqueID(parsing: $0) != nil }
    }
}
