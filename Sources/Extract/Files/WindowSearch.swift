public import Base

/// Finds where in a file the records of a window can begin, by bisection over the times at which the records were written.
///
/// Asterisk writes a CDR at hang-up and a queue event when it happens: records stand in the order of their ends, nearly,
/// since several threads write and `batch=yes` in cdr.conf collects. The search takes for granted that no record stands behind one
/// that ended more than ``slack`` later. Then nothing before a record that ended more than that before the window can be in
/// the window: whatever starts in it ends in it or later.
///
/// The assumption is tested with records from many places of the file, and then with all that are read (``Order``).
public struct WindowSearch {
    /// Records that stand together in a file.
    public struct Sample: Sendable {
        /// Where the first of them begins.
        public var offset: Int64
        /// When they ended, in the order of the file; not empty.
        public var ends: [Moment]

        /// Records at an offset.
        public init(offset: Int64, ends: [Moment]) { (self.offset, self.ends) = (offset, ends) }
    }

    /// Seconds by which records may stand in the wrong order. A clock that is set back by an hour is one of the reasons.
    public static let slack: Int64 = 2 * 3600
    /// Places at which a file is tested, at most.
    private static let places: Int64 = 256
    private let bytes: Range<Int64>
    private let from: Moment
    private let resolution: Int64

    /// A search.
    ///
    /// - Parameters:
    ///   - bytes: the part of the file that is searched.
    ///   - from: when the window begins.
    ///   - resolution: bytes that may as well be read as searched.
    public init(_ bytes: Range<Int64>, from: Moment, resolution: Int64) {
        (self.bytes, self.from, self.resolution) = (bytes, from, max(1, resolution))
    }

    /// The beginning of a record before which no record is in the window; `nil` where the file is not in order, or cannot be
    /// read at one of the places.
    ///
    /// - Parameter sample: reads some records behind an offset.
    public func offset<Failure>(
        _ sample: (_ offset: Int64) throws(Failure) -> Sample?
    ) throws(Failure) -> Int64? {
        var before = bytes.lowerBound
        var behind = bytes.upperBound
        var order = Order()
        let step = max(resolution, Int64(bytes.count) / Self.places)
        for place in stride(from: bytes.lowerBound + step, to: bytes.upperBound, by: Int64.Stride(step)) {
            guard let found = try sample(place) else {
                // The last bytes may be no whole record.
                if bytes.upperBound - place < resolution { break }
                return nil
            }
            // Samples may overlap, so only their first records follow each other.
            var own = Order()
            guard order.holds(found.ends.prefix(1)), own.holds(found.ends) else { return nil }
            if isBefore(found) { before = found.offset } else { behind = min(behind, found.offset) }
        }
        while behind - before > resolution {
            let middle = before + (behind - before) / 2
            guard let found = try sample(middle), found.offset > before, found.offset < behind else { break }
            if isBefore(found) { before = found.offset } else { behind = found.offset }
        }
        return before
    }

    private func isBefore(_ sample: Sample) -> Bool {
        sample.ends.allSatisfy { $0 < from.adding(seconds: -Self.slack) }
    }
}

extension WindowSearch {
    /// Watches whether the records of a file stand in the order in which they ended, but for ``WindowSearch/slack``.
    public struct Order: Sendable {
        private var latest = Moment.distantPast

        /// Nothing was seen yet.
        public init() {}

        /// Whether the next records still are in order.
        public mutating func holds(_ ends: some Sequence<Moment>) -> Bool {
            for end in ends {
                if end < latest.adding(seconds: -WindowSearch.slack) { return false }
                latest = max(latest, end)
            }
            return true
        }
    }
}
