/// Defaults that the configuration shares with modules that are also used without it.
///
/// A default belongs here only if a key of the configuration and the options of another module both have it; every
/// other default is the initial value of the property that its key fills.
public enum Defaults {
    /// The host of the PBX: this machine.
    public static let managerHost = "127.0.0.1"
    /// Asterisk's port for the manager interface, `port` in manager.conf.
    public static let managerPort = 5038
    /// Asterisk's port for the manager interface with TLS, `tlsbindaddr` in manager.conf.
    public static let managerTLSPort = 5039
    /// Time limit in seconds for connecting to a manager interface, and again for logging in.
    public static let connectTimeout = 5.0
    /// Time limit in seconds for the answer to an action.
    public static let actionTimeout = 10.0
    /// Seconds before the first attempt to reconnect.
    public static let reconnectDelay = 1.0
    /// Events that may be queued for a slow reader.
    public static let eventBuffer = 20_000
    /// Applications that a call may be connected to. None of them runs programs, writes files or records.
    public static let safeApplications = [
        "BackGround", "ConfBridge", "Echo", "MusicOnHold", "Park", "Playback", "Queue", "SayDigits", "Wait",
    ]

    /// Records that are read, held in memory and merged together.
    public static let batchRows = 7_500
    /// The group of my.cnf that is read in addition to `[client]`.
    public static let optionGroup = "crm-voip"

    /// Seconds within which a call should be answered.
    public static let serviceLevel = 20
    /// A caller who hangs up within this many seconds is not counted as lost.
    public static let shortAbandon = 5
    /// Seconds for which an agent remains busy after a call.
    public static let wrapUp = 0
}
