public import CallRecords
public import Configuration
public import Switchboard
import Synchronization

/// Reads the numbers of one PBX for ``CallEventMachine``.
public final class CallPlan: CallReader {
    private let describer: Mutex<CallDescriber?>

    /// The plan of a PBX; without one, as in a replay, nothing is an extension.
    public init(_ settings: Settings, pbx: String?) {
        describer = Mutex(try? CallDescriber(settings, pbx: pbx, names: CallerNames()))
    }

    /// The direction; unknown without a plan.
    public func direction(of call: ActiveCalls.Call) -> Call.Direction {
        describer.withLock { $0?.describe(call).direction } ?? .unknown
    }

    /// The extension whose phone a channel is.
    public func phone(ofChannel name: String) -> String? { describer.withLock { $0?.phone(ofChannel: name) } }

    /// The extension of a queue member's interface.
    public func member(ofInterface interface: String) -> String? {
        describer.withLock { $0?.member(ofInterface: interface) }
    }

    /// The outside party of a call, as the PBX wrote the number and as E.164; nil for internal calls.
    func customer(of call: CallFacts) -> (written: String, e164: String?)? {
        let written =
            switch call.direction {
            case .inbound: call.callerNumber
            case .outbound: call.dialled
            case .internal, .unknown: ""
            }
        guard !written.isEmpty else { return nil }
        return (written, describer.withLock { $0?.number(written, isCaller: call.direction == .inbound) })
    }
}
