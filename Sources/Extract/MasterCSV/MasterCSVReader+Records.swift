internal import CallRecords

extension MasterCSVReader {
    /// Reads as many records as the bytes and the batch have room for.
    mutating func consume(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, into batch: inout CDRBatch,
        rejects: inout [RejectedRecord]
    ) throws(ExtractError) -> Consumed {
        var position = start
        if decoder == nil {
            guard try recogniseLayout(bytes, from: &position) else { return Consumed(position: position, need: .bytes) }
        }
        while batch.count < options.batchRows {
            switch read(bytes, at: position, into: &batch) {
            case .record(let next):
                advance(bytes, from: &position, to: next)
            case .incomplete:
                notes.endsInsideRecord = position < bytes.count
                return Consumed(position: position, need: .bytes)
            case .broken(let defect, let next):
                rejects.append(
                    RejectedRecord(
                        defect: defect, origin: path, line: line, bytes: Array(bytes[position..<next].dropLast())))
                advance(bytes, from: &position, to: next)
            }
        }
        return Consumed(position: position, need: .nothing)
    }

    /// What stands at a position.
    enum Step {
        case record(next: Int)
        case incomplete
        /// A record to be put aside, and where to go on.
        case broken(RecordDefect, next: Int)
    }

    private mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, from position: inout Int, to next: Int) {
        // A newline inside a field is rare enough to be counted only where there is room for one.
        line += Int64(bytes[position..<next].count { $0 == UInt8(ascii: "\n") })
        position = next
        notes.records += 1
    }

    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, into batch: inout CDRBatch
    ) -> Step {
        let outcome = scanner.scan(bytes, from: start)
        let defect: RecordDefect
        switch outcome {
        case .record(let next):
            do throws(RecordDefect) {
                try decode(bytes, start..<next, into: &batch)
                return .record(next: next)
            } catch {
                defect = error
            }
            if defect.code == .columns, options.layout == nil {
                switch changeOfLayout(bytes, at: start) {
                case .incomplete: return .incomplete
                case .changed: return read(bytes, at: start, into: &batch)
                case .same: break
                }
            }
        case .incomplete where bytes.count - start <= Self.longestRecord:
            guard atEnd else { return .incomplete }
            defect = RecordDefect(.quoting, "A quote that opens in this line is never closed.")
        case .incomplete:
            defect = RecordDefect(.tooLong, "The record is longer than \(Self.longestRecord) bytes.")
        case .malformed:
            defect = RecordDefect(.quoting, "A quote stands where none may be.")
        }
        return findNextRecord(bytes, behind: start, outcome, defect)
    }

    /// Where the next good record begins behind a broken one.
    ///
    /// A record that is whole but wrong ends where it ends, unless a good record begins inside it: then a lost quote had
    /// swallowed it. Of a record without an end, the first line is given up.
    private mutating func findNextRecord(
        _ bytes: UnsafeBufferPointer<UInt8>, behind start: Int, _ outcome: CSVScanner.Outcome, _ defect: RecordDefect
    ) -> Step {
        let end: Int
        if case .record(let next) = outcome { end = next } else { end = min(bytes.count, start + Self.longestRecord) }
        var firstLineEnd: Int?
        var lineStart = start
        while let newline = bytes[lineStart..<end].firstIndex(of: UInt8(ascii: "\n")), newline + 1 < end {
            lineStart = newline + 1
            firstLineEnd = firstLineEnd ?? lineStart
            switch scanner.scan(bytes, from: lineStart) {
            case .record(let next):
                var trial = CDRBatch()
                if (try? decode(bytes, lineStart..<next, into: &trial)) != nil { return .broken(defect, next: lineStart) }
            case .incomplete where !atEnd && bytes.count - start < Self.longestRecord:
                return .incomplete
            case .incomplete, .malformed:
                continue
            }
        }
        switch outcome {
        case .record(let next): return .broken(defect, next: next)
        case .incomplete where atEnd && bytes.count - start <= Self.longestRecord: return .incomplete
        case .incomplete, .malformed:
            if let firstLineEnd { return .broken(defect, next: firstLineEnd) }
            // One line, perhaps not all of it here yet.
            if let newline = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
                return .broken(defect, next: newline + 1)
            }
            return bytes.count - start <= Self.longestRecord ? .incomplete : .broken(defect, next: end)
        }
    }

    /// Adds the scanned record to the batch.
    private mutating func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into batch: inout CDRBatch
    ) throws(RecordDefect) {
        guard let decoder else { return }
        let header = try decoder.header(scanner.fields, in: bytes, line: line)
        batch.append(header)
        let isSuspicious = TextMender.isSuspicious(UnsafeBufferPointer(rebasing: bytes[range]))
        for (field, column) in zip(scanner.fields, decoder.layout.columns) {
            guard case .text(let name) = column, field.end > field.start else { continue }
            var text = UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])
            if !field.hasDoubledQuote, !isSuspicious {
                batch.set(name, text)
                continue
            }
            if field.hasDoubledQuote {
                unescaped.removeAll(keepingCapacity: true)
                var isSecondQuote = false
                for byte in text {
                    isSecondQuote = byte == UInt8(ascii: "\"") && !isSecondQuote
                    if !isSecondQuote { unescaped.append(byte) }
                }
            } else {
                unescaped.replaceSubrange(0..., with: text)
            }
            let plain = unescaped
            plain.withUnsafeBufferPointer {
                text = $0
                mender.withMended(text) { batch.set(name, $0) }
            }
        }
    }
}
