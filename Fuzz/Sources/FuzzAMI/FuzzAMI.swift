import AMI
import FuzzSupport

/// A stream of AMI, cut into pieces of a length given by the first byte, split into messages and translated to today's
/// dialect.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            guard count > 1 else { return }
            let bytes = UnsafeBufferPointer(start: start, count: count)
            let piece = Int(bytes[0]) + 1
            var splitter = PacketSplitter(expectsBanner: bytes[0] & 1 == 0)
            do {
                var position = 1
                while position < count {
                    let end = min(position + piece, count)
                    splitter.append(bytes[position..<end])
                    position = end
                    while let packet = try splitter.next() {
                        if case .message(let message) = packet { _ = message.normalised() }
                    }
                }
            } catch {}
        }
    }
}
