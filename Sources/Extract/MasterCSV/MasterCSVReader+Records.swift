import CallRecords

extension MasterCSVReader {
    /// Reads as many records as fit into the batch and are complete in the bytes.
    ///
    /// - Parameter known: how many of the rejects are older; the others count towards the size of the batch, so that a
    ///   file full of garbage takes no more memory than any other.
    mutating func consume(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        into batch: inout CDRBatch,
        rejects: inout [RejectedRecord],
        known: Int
    ) throws(ExtractError) -> Consumed {
        var position = start
        if decoder == nil {
            guard try recogniseLayout(bytes, from: &position) else {
                notes.endsInsideRecord = position < bytes.count
                return Consumed(position: position, need: .bytes)
            }
        }
        guard recogniseDelimiter(bytes, from: position) else {
            notes.endsInsideRecord = position < bytes.count
            return Consumed(position: position, need: .bytes)
        }
        while batch.count + rejects.count - known < options.batchRows {
            if isPassingOver, try !passOver(bytes, from: &position) {
                notes.endsInsideRecord = true
                return Consumed(position: position, need: .bytes)
            }
            switch read(bytes, at: position, into: &batch) {
            case .record(let next):
                advance(bytes, from: &position, to: next)
                isLayoutUsed = true
                misfits = .min
                notes.records += 1
            case .emptyLine(let next):
                advance(bytes, from: &position, to: next)
            case .incomplete:
                notes.endsInsideRecord = position < bytes.count
                return Consumed(position: position, need: .bytes)
            case .broken(let defect, let next):
                var end = next
                if bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
                rejects.append(
                    RejectedRecord(
                        defect: defect,
                        origin: path,
                        line: isLineKnown ? line : 0,
                        bytes: Array(bytes[position..<end])
                    )
                )
                advance(bytes, from: &position, to: next)
                notes.records += 1
                if defect.code == .columns { try countMisfit() }
            }
        }
        return Consumed(position: position, need: .nothing)
    }

    /// If no record fits a stated layout, the layout is wrong rather than every record.
    private mutating func countMisfit() throws(ExtractError) {
        guard options.layout != nil, let decoder, misfits >= 0 else { return }
        misfits += 1
        guard misfits >= 20 else { return }
        throw ExtractError(
            .unknownLayout,
            "The layout \(decoder.layout.name) has \(decoder.layout.columns.count) columns, and none of the first \(misfits) records of"
                + " \(path.printable) has as many. `crm-voip inspect \(path.printable)` shows them; --layout auto recognises most files."
        )
    }

    /// If a single line is longer than this, reading the file is abandoned.
    static let longestLine = 64 << 20

    /// Skips the rest of a line that is too long. Returns false if its end is not in the bytes yet.
    private mutating func passOver(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from position: inout Int
    ) throws(ExtractError) -> Bool {
        guard let newline = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            passedBytes += bytes.count - position
            position = bytes.count
            guard passedBytes <= Self.longestLine else {
                throw ExtractError(
                    .unreadable,
                    "\(path.printable) has a line without an end after line \(line - 1): it is not a CDR file."
                )
            }
            return false
        }
        passedBytes = 0
        advance(bytes, from: &position, to: newline + 1)
        isPassingOver = false
        return true
    }

    /// What was found at a position.
    enum Step {
        case record(next: Int)
        case emptyLine(next: Int)
        case incomplete
        /// A record to reject, and where to continue.
        case broken(RecordDefect, next: Int)
    }

    private mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, from position: inout Int, to next: Int) {
        var lines: Int64 = 0
        // Without an overflow check in it, the loop looks at many bytes at once.
        for byte in UnsafeBufferPointer(rebasing: bytes[position..<next]) where byte == UInt8(ascii: "\n") {
            lines &+= 1
        }
        line += lines
        position = next
    }

    /// Reads the record that begins at an index.
    mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at start: Int,
        into batch: inout CDRBatch
    ) -> Step {
        // Nothing further away than the longest record is examined, so the result does not depend on how the bytes
        // arrive.
        let window = UnsafeBufferPointer(rebasing: bytes[..<min(bytes.count, start + Self.longestRecord)])
        let outcome = scanner.scanUndoubled(window, from: start)
        let misplacedQuote = RecordDefect(.quoting, "A quote is in the wrong place.")
        var defect: RecordDefect
        switch outcome {
        case .record(let next):
            if scanner.isEmptyLine { return .emptyLine(next: next) }
            do throws(RecordDefect) {
                try decode(window, start..<next, into: &batch)
                return .record(next: next)
            } catch {
                defect = error
            }
            let isUndoubled = scanner.isUndoubled
            if takeHeader(window) { return .emptyLine(next: next) }
            if defect.code == .columns, options.layout == nil {
                switch changeOfLayout(bytes, at: start) {
                case .incomplete: return .incomplete
                case .changed: return read(bytes, at: start, into: &batch)
                case .same: break
                }
            }
            if isUndoubled { defect = misplacedQuote }
        case .incomplete where window.count - start < Self.longestRecord:
            guard atEnd else { return .incomplete }
            defect = RecordDefect(.quoting, "A quote that opens in this line is never closed.")
        case .incomplete:
            defect = RecordDefect(.tooLong, "The record is longer than \(Self.longestRecord) bytes.")
        case .malformed:
            defect = misplacedQuote
        }
        return giveUp(window, from: start, outcome, defect)
    }

    /// Whether the scanned record is a header line: above explicit columns, or from a second file that was appended to
    /// the first.
    private mutating func takeHeader(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let fields = scanner.fields.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
        guard let layout = MasterCSVLayout(header: fields) else { return false }
        if options.layout == nil { use(layout) }
        return true
    }

    /// How much of the file belongs to a broken record.
    ///
    /// A lost quote makes a record swallow the following ones. So only the first line is rejected if a good record
    /// begins on one of the other lines, or if the record has no reliable end; otherwise all of it is.
    private mutating func giveUp(
        _ window: UnsafeBufferPointer<UInt8>,
        from start: Int,
        _ outcome: CSVScanner.Outcome,
        _ defect: RecordDefect
    ) -> Step {
        let isFull = window.count - start == Self.longestRecord
        guard let newline = window[start...].firstIndex(of: UInt8(ascii: "\n")) else {
            // The part of the line that is in memory is rejected, and the rest is skipped.
            isPassingOver = isFull
            return isFull ? .broken(defect, next: window.count) : .incomplete
        }
        let firstLine = Step.broken(defect, next: newline + 1)
        switch outcome {
        case .malformed: return firstLine
        case .incomplete where isFull: return firstLine
        case .incomplete:
            // The end of the file: the record is torn, unless a good one follows it.
            return hasGoodRecord(window, from: newline + 1, to: window.count) == true ? firstLine : .incomplete
        case .record(let next):
            switch hasGoodRecord(window, from: newline + 1, to: next) {
            case true?: return firstLine
            case false?: return .broken(defect, next: next)
            case nil: return isFull ? .broken(defect, next: next) : .incomplete
            }
        }
    }

    /// Whether a good record begins with one of the lines in a range; `nil` if more bytes are needed to decide.
    private mutating func hasGoodRecord(
        _ window: UnsafeBufferPointer<UInt8>,
        from start: Int,
        to end: Int
    ) -> Bool? {
        var trial = CDRBatch()
        // Mere attempts are not counted.
        let untried = mender
        defer { mender = untried }
        var isOpen = false
        var lineStart = start
        while lineStart < end {
            switch scanner.scanUndoubled(window, from: lineStart) {
            case .record(let next):
                if (try? decode(window, lineStart..<next, into: &trial)) != nil { return true }
            case .incomplete: isOpen = !atEnd
            case .malformed: break
            }
            guard let newline = window[lineStart..<end].firstIndex(of: UInt8(ascii: "\n")) else { break }
            lineStart = newline + 1
        }
        return isOpen ? nil : false
    }

    /// Adds the scanned record to the batch.
    private mutating func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        into batch: inout CDRBatch
    ) throws(RecordDefect) {
        guard let decoder else { return }
        let header = try decoder.header(scanner.fields, in: bytes, line: line)
        batch.append(header)
        let isSuspicious = TextMender.isSuspicious(UnsafeBufferPointer(rebasing: bytes[range]))
        for (field, column) in zip(scanner.fields, decoder.layout.columns) {
            guard case .text(let name) = column, field.end > field.start else { continue }
            let text = UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])
            if !field.hasDoubledQuote, !isSuspicious || !TextMender.isSuspicious(text) {
                batch.set(name, text)
            } else if !field.hasDoubledQuote {
                mender.withMended(text) { batch.set(name, $0) }
            } else {
                unescaped.removeAll(keepingCapacity: true)
                CSVScanner.unescape(text, into: &unescaped)
                unescaped.withUnsafeBufferPointer { plain in mender.withMended(plain) { batch.set(name, $0) } }
            }
        }
    }
}
