public import Base

/// Decides in which zone a source writes its times, from the configuration and the evidence in the uniqueids.
public struct ZoneFinder {
    /// The decision.
    public struct Finding: Sendable {
        /// The zone of the source's times.
        public let zone: ZoneTable
        /// Whether a different zone was stated explicitly, so that the user must be warned every time.
        public var isContradiction = false
        /// A sentence for the user if the zone was found, or if the configured one is wrong.
        public let warning: String?
    }

    private let load: (String) -> ZoneTable?
    private let candidates: () -> [String]

    /// - Parameters:
    ///   - candidates: names to try if nothing else explains the times, the most likely first: this machine's own zone,
    ///     then those of the PBX's country, then all others.
    ///   - load: loads a zone by its IANA name.
    public init(candidates: @escaping () -> [String], load: @escaping (String) -> ZoneTable?) {
        self.candidates = candidates
        self.load = load
    }

    /// The zone of a source.
    ///
    /// - Parameters:
    ///   - configured: the PBX's zone, `nil` if none is configured.
    ///   - isStated: whether the zone was stated for this very source, so that finding UTC instead is also a
    ///     contradiction.
    ///   - witness: the evidence of the first records.
    /// - Returns: the zone in which to read the source, and what to tell the user.
    public func zone(configured: ZoneTable?, isStated: Bool = false, witness: ZoneWitness) -> Finding {
        guard let configured else { return found(witness) }
        switch witness.verdict(on: configured) {
        case .silent, .confirmed: return Finding(zone: configured, warning: nil)
        case .contradicted:
            if witness.isUTC {
                return Finding(
                    zone: .utc,
                    isContradiction: isStated,
                    warning: isStated
                        ? "The times are UTC by the epochs in the uniqueids, not \(configured.name): read as UTC."
                        : "The times are UTC (usegmtime=yes) by the epochs in the uniqueids: read as UTC, not \(configured.name)."
                )
            }
            let right = found(witness).zone
            return Finding(
                zone: right,
                isContradiction: true,
                warning: "WRONG TIME ZONE: \(configured.name) is configured, but the epochs in the uniqueids say"
                    + " \(right.name) (\(Self.described(witness))). Read as \(right.name); correct `timezone`."
            )
        }
    }

    private func found(_ witness: ZoneWitness) -> Finding {
        guard witness.verdict(on: .utc) != .silent, let offset = witness.commonOffset else {
            let local = candidates().first.flatMap(load) ?? .utc
            return Finding(
                zone: local,
                warning:
                    "No `timezone` is configured and no uniqueid shows it: read as \(local.name), this machine's zone."
            )
        }
        if witness.isUTC {
            return Finding(zone: .utc, warning: "No `timezone` is configured; UTC was found from the uniqueids.")
        }
        let zone =
            witness.confirmed(among: candidates(), load: load)
            ?? ZoneTable(name: Self.described(offset), fixedOffset: offset)
        return Finding(
            zone: zone,
            warning:
                "No `timezone` is configured; \(zone.name) (\(Self.described(witness))) was found from the uniqueids."
        )
    }

    private static func described(_ witness: ZoneWitness) -> String { described(witness.commonOffset ?? 0) }

    /// `UTC+05:30`
    private static func described(_ offset: Int64) -> String {
        let minutes = abs(offset) / 60
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "UTC\(offset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }
}

@available(*, unavailable)
extension ZoneFinder: Sendable {}
