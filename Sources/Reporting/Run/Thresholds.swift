public import Base

/// What counts as in time, as too early to matter, and as work after a call.
public struct Thresholds: Sendable, Hashable {
    /// Seconds within which a call is to be answered.
    public var serviceLevel: Int
    /// Callers who hung up earlier, in seconds, are not held against the queue.
    public var shortAbandon: Int
    /// The formula of the service level.
    public var variant: ServiceLevelVariant
    /// Seconds of work after a call.
    public var wrapUp: Int
    /// What is different for a queue, by its name.
    public var queues: [String: Override]

    /// What is different for one queue; nil is as for all.
    public struct Override: Sendable, Hashable {
        /// As ``Thresholds/serviceLevel``.
        public var serviceLevel: Int?
        /// As ``Thresholds/shortAbandon``.
        public var shortAbandon: Int?
        /// As ``Thresholds/variant``.
        public var variant: ServiceLevelVariant?
        /// As ``Thresholds/wrapUp``.
        public var wrapUp: Int?

        /// What is given is different.
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

    /// The usual thresholds where nothing else is given.
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

    /// The overrides as the reports' statements read them: under the queue's key (voip.queue_key), since Asterisk compares
    /// names without regard to the case of ASCII letters, and under the name as it was given, for reports of the user's.
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
