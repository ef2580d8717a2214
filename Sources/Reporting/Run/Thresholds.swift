public import Base

/// The thresholds for being in time, for a short abandon, and for wrap-up.
public struct Thresholds: Sendable, Hashable {
    /// Seconds within which a call should be answered.
    public var serviceLevel: Int
    /// Callers who hang up within this many seconds are not counted as lost.
    public var shortAbandon: Int
    /// The formula of the service level.
    public var variant: ServiceLevelVariant
    /// Seconds of wrap-up after a call.
    public var wrapUp: Int
    /// Overrides for queues, by name.
    public var queues: [String: Override]

    /// The overrides for one queue; nil means the common value.
    public struct Override: Sendable, Hashable {
        /// Like ``Thresholds/serviceLevel``.
        public var serviceLevel: Int?
        /// Like ``Thresholds/shortAbandon``.
        public var shortAbandon: Int?
        /// Like ``Thresholds/variant``.
        public var variant: ServiceLevelVariant?
        /// Like ``Thresholds/wrapUp``.
        public var wrapUp: Int?

        /// Sets the given overrides.
        public init(
            serviceLevel: Int? = nil,
            shortAbandon: Int? = nil,
            variant: ServiceLevelVariant? = nil,
            wrapUp: Int? = nil
        ) {
            self.serviceLevel = serviceLevel
            self.shortAbandon = shortAbandon
            self.variant = variant
            self.wrapUp = wrapUp
        }
    }

    /// By default, the standard thresholds.
    public init(
        serviceLevel: Int = Defaults.serviceLevel,
        shortAbandon: Int = Defaults.shortAbandon,
        variant: ServiceLevelVariant = .standard,
        wrapUp: Int = Defaults.wrapUp,
        queues: [String: Override] = [:]
    ) {
        self.serviceLevel = serviceLevel
        self.shortAbandon = shortAbandon
        self.variant = variant
        self.wrapUp = wrapUp
        self.queues = queues
    }

    /// The overrides as the reports' statements read them: under the queue's key (voip.queue_key), since Asterisk
    /// ignores the case of ASCII letters in names, and under the given name, for the user's own reports.
    var overrides: String {
        var byKey = queues
        for (queue, override) in queues.sorted(by: { $0.key > $1.key }) { byKey[queue.asciiLowercased] = override }
        var json = JSONWriter()
        json.object {
            for (queue, override) in byKey.sorted(by: { $0.key < $1.key }) {
                $0.key(queue)
                $0.object {
                    if let value = override.serviceLevel { $0.member("service_level", integer: value) }
                    if let value = override.shortAbandon { $0.member("short_abandon", integer: value) }
                    if let value = override.variant { $0.member("service_level_variant", string: value.rawValue) }
                    if let value = override.wrapUp { $0.member("wrap_up", integer: value) }
                }
            }
        }
        return json.text
    }
}

extension String {
    /// The text with its ASCII letters in lower case, as `voip.queue_key` writes it.
    var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
