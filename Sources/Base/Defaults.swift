/// Defaults that the configuration shares with rooms that are also used without it.
///
/// A default belongs here only if a key of the configuration and the options of another room both have it; every other
/// default is the initial value of the property that its key fills.
public enum Defaults {
    /// Where a PBX is looked for: the machine itself.
    public static let managerHost = "127.0.0.1"
    /// Asterisk's port of the manager interface, `port` of manager.conf.
    public static let managerPort = 5038
    /// Asterisk's port of the manager interface with TLS, `tlsbindaddr` of manager.conf.
    public static let managerTLSPort = 5039
    /// Seconds for the connection to a manager interface, and again for the login.
    public static let connectTimeout = 5.0
    /// Seconds for the answer to an action.
    public static let actionTimeout = 10.0
    /// Seconds before the first attempt to connect again.
    public static let reconnectDelay = 1.0
    /// Events that may wait for a slow reader.
    public static let eventBuffer = 20_000
    /// Applications that a call may be connected to: none of them runs programs, writes files or records.
    public static let safeApplications = [
        "BackGround", "ConfBridge", "Echo", "MusicOnHold", "Park", "Playback", "Queue", "SayDigits", "Wait",
    ]

    /// Records that are read, held in memory and merged at once.
    public static let batchRows = 7_500
    /// The group of my.cnf that is read besides `[client]`.
    public static let optionGroup = "crm-voip"

    /// Seconds within which a call is to be answered.
    public static let serviceLevel = 20
    /// Seconds before which a caller who hung up is not counted as lost.
    public static let shortAbandon = 5
    /// Seconds that an agent is busy after a call.
    public static let wrapUp = 0
}
