public import Base

/// Finds where in a file the records of a window can begin, by bisection over the times at which records were written.
///
/// Asterisk writes a CDR at hang-up and a queue event when it happens. So records are nearly in the order of their
/// ends, but not quite: several threads write, `batch=yes` in cdr.conf collects records, and a rotation may copy some
/// hours twice. The search assumes that no record follows one that ended more than a slack later. Then, if a record
/// ended more than the slack before the window, nothing before it can be in the window, because a record that starts in
/// the window ends in it or later.
///
/// The slack is twice the lateness of records sampled from many places in the file, and at least ``leastSlack``. The
/// assumption is checked again on all records that are read (``Order``).
public struct WindowSearch {
    /// Adjacent records in a file.
    public struct Sample: Sendable {
        /// Where the first of them begins.
        public var offset: Int64
        /// When they ended, in the order of the file; not empty.
        public var ends: [Moment]

        /// Records found at an offset.
        public init(offset: Int64, ends: [Moment]) { (self.offset, self.ends) = (offset, ends) }
    }

    /// Where the window begins, and by how many seconds records may be late.
    public struct Finding: Hashable, Sendable {
        /// The beginning of a record, before which no record is in the window.
        public var offset: Int64
        /// By how many seconds a record may have ended before one that precedes it in the file.
        public var slack: Int64
    }

    /// The least allowance for late records, in seconds. A clock that is set back by an hour is one reason for it.
    public static let leastSlack: Int64 = 2 * 3600
    /// A file with records that are more than a week late is not in order.
    private static let mostSlack: Int64 = 7 * 86_400
    /// The most places at which a file is sampled.
    private static let places: Int64 = 256
    private let bytes: Range<Int64>
    private let from: Moment
    private let resolution: Int64

    /// A search.
    ///
    /// - Parameters:
    ///   - bytes: the part of the file to search.
    ///   - from: when the window begins.
    ///   - resolution: a number of bytes that can be read as quickly as searched.
    public init(_ bytes: Range<Int64>, from: Moment, resolution: Int64) {
        (self.bytes, self.from, self.resolution) = (bytes, from, max(1, resolution))
    }

    /// Searches. `nil` if the file is not in order, or cannot be read at one of the places.
    ///
    /// - Parameter sample: reads some records after an offset.
    public func find<Failure>(
        _ sample: (_ offset: Int64) throws(Failure) -> Sample?
    ) throws(Failure) -> Finding? {
        var samples: [Sample] = []
        let step = max(resolution, Int64(bytes.count) / Self.places)
        for place in stride(from: bytes.lowerBound + step, to: bytes.upperBound, by: Int64.Stride(step)) {
            if let found = try sample(place) {
                samples.append(found)
            } else if bytes.upperBound - place >= resolution {
                // The last bytes may be an incomplete record, but all others must contain complete ones.
                return nil
            }
        }
        let slack = max(Self.leastSlack, 2 * Self.lateness(of: samples))
        if slack > Self.mostSlack { return nil }
        var before = bytes.lowerBound
        var behind = bytes.upperBound
        for sample in samples {
            if isBefore(sample, slack) { before = sample.offset } else { behind = min(behind, sample.offset) }
        }
        while behind - before > resolution {
            let middle = before + (behind - before) / 2
            guard let found = try sample(middle), found.offset > before, found.offset < behind else { break }
            if isBefore(found, slack) { before = found.offset } else { behind = found.offset }
        }
        return Finding(offset: before, slack: slack)
    }

    /// The largest number of seconds by which a record ended before one that precedes it. Samples may overlap, so only
    /// their first records are compared with each other.
    private static func lateness(of samples: [Sample]) -> Int64 {
        var order = Order(slack: 0)
        order.look(at: samples.compactMap(\.ends.first))
        return samples.reduce(order.lateness) { most, sample in
            var own = Order(slack: 0)
            own.look(at: sample.ends)
            return max(most, own.lateness)
        }
    }

    private func isBefore(_ sample: Sample, _ slack: Int64) -> Bool {
        sample.ends.allSatisfy { $0 < from.adding(seconds: -slack) }
    }
}

extension WindowSearch {
    /// Checks whether the records of a file are in the order in which they ended, within a slack.
    public struct Order: Sendable {
        private let slack: Int64
        private var latest = Moment.distantPast
        /// The largest number of seconds by which a record ended before one that precedes it.
        public private(set) var lateness: Int64 = 0

        /// No records seen yet.
        public init(slack: Int64) { self.slack = slack }

        /// Whether all records so far are in order.
        public var holds: Bool { lateness <= slack }

        /// Examines the next records.
        public mutating func look(at ends: some Sequence<Moment>) {
            for end in ends {
                if end < latest { lateness = max(lateness, latest.seconds(since: end)) } else { latest = end }
            }
        }
    }
}
