public import CallRecords

/// Reads numbers by the numbering plan of a PBX, for ``CallEventMachine``.
public protocol CallReader: Sendable {
    /// The direction of a call.
    func direction(of call: ActiveCalls.Call) -> Call.Direction
    /// The extension whose phone a channel is; nil for lines, Local channels and devices that are not named after one.
    func phone(ofChannel name: String) -> String?
    /// The extension of a queue member's interface, such as 101 of `PJSIP/101` and of `Local/101@agents/n`; nil if it does
    /// not show one.
    func member(ofInterface interface: String) -> String?
}
