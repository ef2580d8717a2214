import CallRecords
import Postgres

/// The columns of `voip.cdr`, in the order in which they are copied.
enum LegColumns {
    private static let typed = [
        "call_id", "leg_no", "content_hash", "row_hash", "start_at", "answer_at", "end_at", "pbx_id", "amaflags",
        "duration_s", "billsec_s", "sequence",
    ]

    /// Which texts are written: most sources fill about half of the columns, and the server spends a fifth of a `COPY`
    /// on columns without a value.
    struct Texts {
        /// All of them.
        static let all = Texts(columns: Array(0..<CDRField.count))
        private(set) var columns: [Int]

        private init(columns: [Int]) { self.columns = columns }

        /// Those that some of these records have.
        init(of records: [Int], _ texts: UnsafeTexts) {
            columns = (0..<CDRField.count).filter { column in
                column == CDRField.uniqueid.rawValue || records.contains { !texts[$0, column].isEmpty }
            }
        }

        fileprivate var names: [String] { typed + columns.map { CDRField.allCases[$0].name } }
    }

    /// New legs, copied straight into the table: no staging is as fast.
    static func copyStatement(_ texts: Texts) -> String {
        "copy voip.cdr (\(texts.names.joined(separator: ", "))) from stdin (format binary)"
    }
    /// Changed legs, with all columns, copied beside the table.
    static let copyIncomingStatement =
        "copy incoming_leg (\(Texts.all.names.joined(separator: ", ")), stored_leg_no, is_nameless, is_derived, cut) from stdin (format binary)"

    /// Writes the columns of one record in a batch.
    static func write(
        _ record: Int,
        of batch: LegBatch,
        _ texts: UnsafeTexts,
        _ written: Texts = .all,
        call: Int64,
        pbx: Int16,
        extra: Int,
        to writer: inout CopyWriter
    ) throws(PostgresError) {
        let header = batch.records.headers[record]
        let times = batch.times[record]
        let identity = batch.identities[record]
        try writer.beginRow(columns: typed.count + written.columns.count + extra)
        writer.int64(call)
        writer.int64(identity.legNumber)
        writer.int64(identity.content)
        writer.int64(identity.row)
        writer.moment(times.start)
        if let answer = times.answer { writer.moment(answer) } else { writer.null() }
        writer.moment(times.end)
        writer.int16(pbx)
        if let flags = header.amaflags { writer.int16(flags) } else { writer.null() }
        writer.int32(header.duration ?? 0)
        writer.int32(header.billsec ?? 0)
        if let sequence = header.sequence { writer.int32(sequence) } else { writer.null() }
        for column in written.columns {
            let text = texts[record, column]
            // The uniqueid is half of the key, so it is empty where other columns are NULL.
            if text.isEmpty, column != CDRField.uniqueid.rawValue {
                writer.null()
            } else {
                writer.text(UnsafeRawBufferPointer(text))
            }
        }
    }
}
