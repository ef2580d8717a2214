/// What every receiver has, whatever its kind.
public struct ReceiverOptions: Sendable, Equatable {
    /// The name in the configuration.
    public var name: String
    /// How long an attempt may take.
    public var timeout: Duration = .seconds(10)
    /// The receiver that is told as well while this one fails.
    public var fallback: String?
    /// Whether it gets a sign of life once a day.
    public var wantsSignOfLife = false

    /// The defaults.
    public init(name: String) { self.name = name }
}
