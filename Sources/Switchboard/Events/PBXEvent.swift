/// Something that happened on a PBX, in terms that are independent of any protocol.
///
/// A client decodes the messages of its PBX once, at its edge, and everything behind it works with this type. AMI feeds
/// it today; other protocols can. Values are typed and checked: if a PBX sends something else in place of a number, the
/// number is missing here, not wrong.
public enum PBXEvent: Sendable, Equatable {
    /// A channel was created, changed or ended.
    case channel(ChannelEvent)
    /// One channel is dialling another.
    case dial(DialEvent)
    /// A channel entered or left a bridge.
    case bridge(BridgeEvent)
    /// A call was transferred, or a ringing call was picked up.
    case transfer(TransferEvent)
    /// A call was parked, or its parking ended.
    case parking(ParkingEvent)
    /// A caller joined or left a queue.
    case queueCaller(QueueCallerEvent)
    /// A queue gained or lost a member, or a member changed.
    case queueMember(QueueMemberEvent)
    /// A queue's caller and one of its members: ringing, connected, complete.
    case queueCall(QueueCallEvent)
    /// A requested call was answered, or cannot be made.
    case originate(OriginateResponse)
    /// A phone, trunk or registration changed state.
    case device(DeviceEvent)
    /// A report on a call's audio.
    case media(MediaReport)
    /// The PBX itself started, reloaded or is stopping.
    case system(SystemEvent)
    /// Anything else, by its PBX's own name for it.
    case other(String)
}
