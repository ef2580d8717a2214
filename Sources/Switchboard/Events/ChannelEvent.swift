/// What happens to one channel.
public enum ChannelEvent: Sendable, Equatable {
    /// It was created.
    case created(ChannelSnapshot)
    /// Its state, its parties or its account changed.
    case changed(ChannelSnapshot)
    /// It runs an application at a place in the dialplan.
    case runs(ChannelSnapshot)
    /// It was renamed.
    case renamed(uniqueid: String, name: String)
    /// A variable was set.
    case variableSet(VariableSetting)
    /// Two halves form one Local channel.
    case localPair(first: String, second: String)
    /// A channel began to listen to another one.
    case spyBegan(Spying)
    /// It was asked to end.
    case hangupRequested(ChannelEnd)
    /// It ended.
    case hungUp(ChannelEnd)
}

/// A channel that listens to another one.
public struct Spying: Sendable, Equatable {
    /// The uniqueid of the listening channel; nil if the PBX does not report it.
    public var spyer: String?
    /// The uniqueid of the channel that is listened to; nil if the PBX does not report it.
    public var spyee: String?

    /// One channel listening to another.
    public init(spyer: String?, spyee: String?) { (self.spyer, self.spyee) = (spyer, spyee) }
}

/// The end of a channel.
public struct ChannelEnd: Sendable, Equatable {
    /// The channel's uniqueid.
    public var uniqueid: String
    /// The Q.850 cause; 0 or nil if the PBX does not report one.
    public var cause: Int?

    /// The end of a channel with a cause.
    public init(uniqueid: String, cause: Int? = nil) {
        (self.uniqueid, self.cause) = (uniqueid, cause)
    }
}

/// A variable of a channel and its value.
public struct CallVariable: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// A variable with a name and a value.
    public init(name: String, value: String) {
        (self.name, self.value) = (name, value)
    }
}

/// The setting of a variable.
public struct VariableSetting: Sendable, Equatable {
    /// The channel's uniqueid; nil for a global variable.
    public var uniqueid: String?
    /// The variable with its new value.
    public var variable: CallVariable

    /// The setting of a channel's variable.
    public init(uniqueid: String?, variable: CallVariable) {
        (self.uniqueid, self.variable) = (uniqueid, variable)
    }
}
