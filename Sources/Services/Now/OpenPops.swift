import Switchboard

/// The agents' phones that ring now.
struct OpenPops: Sendable {
    /// By PBX and pop.
    private var open: [String: LiveCall] = [:]
    /// More than any PBX has phones that ring at once.
    private static let most = 10_000

    /// The oldest first.
    var all: [LiveCall] {
        open.sorted { ($0.value.notice.at, $0.key) < ($1.value.notice.at, $1.key) }.map(\.value)
    }

    mutating func take(_ call: LiveCall) {
        let key = "\(call.pbx)/\(call.notice.pop ?? "")"
        switch call.notice.kind {
        case .popOpen: if open.count < Self.most { open[key] = call }
        case .popClose: open[key] = nil
        case .ringing, .answered, .ended, .lost, .missed: break
        }
    }
}
