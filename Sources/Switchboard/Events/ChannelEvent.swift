/// What happens to one channel.
public enum ChannelEvent: Sendable, Equatable {
    /// It came to be.
    case created(ChannelSnapshot)
    /// Its state, its parties or its account changed.
    case changed(ChannelSnapshot)
    /// It runs an application at a place of the dialplan.
    case runs(ChannelSnapshot)
    /// It has another name.
    case renamed(uniqueid: String, name: String)
    /// A variable was set.
    case variableSet(VariableSetting)
    /// Two halves make one Local channel.
    case localPair(first: String, second: String)
    /// Somebody hears the talk of another channel.
    case spyBegan(Spying)
    /// It was asked to end.
    case hangupRequested(ChannelEnd)
    /// It ended.
    case hungUp(ChannelEnd)
}

/// A channel that hears another one's talk.
public struct Spying: Sendable, Equatable {
    /// The uniqueid of the channel that hears; nil where the PBX does not say.
    public var spyer: String?
    /// The uniqueid of the channel that is heard; nil where the PBX does not say.
    public var spyee: String?

    /// One channel that hears another.
    public init(spyer: String?, spyee: String?) { (self.spyer, self.spyee) = (spyer, spyee) }
}

/// The end of a channel.
public struct ChannelEnd: Sendable, Equatable {
    /// The channel's uniqueid.
    public var uniqueid: String
    /// Why, as a Q.850 cause; 0 or nil where the PBX does not say.
    public var cause: Int?

    /// The end of a channel for a cause.
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

    /// A variable of name and value.
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
