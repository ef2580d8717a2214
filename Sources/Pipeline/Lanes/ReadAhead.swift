import Dispatch

/// Reads the next value on a thread of its own while the last one is worked on: the warehouse need not wait for the file, nor
/// the file for the warehouse.
final class ReadAhead<Value: Sendable> {
    private let channel: Channel<Result<Value, any Error>>
    private let work = Stopwatch()

    /// Begins to read.
    ///
    /// - Parameter body: hands over one value after another, as long as it is told that they are wanted. What it throws is
    ///   thrown where the values are taken, after those that came before.
    init(_ body: @escaping @Sendable (_ handOver: (Value) -> Bool) throws -> Void) {
        let channel = Channel<Result<Value, any Error>>()
        self.channel = channel
        let work = work
        DispatchQueue(label: "crm-voip.read-ahead").async {
            var begun = ContinuousClock.now
            do {
                try body { value in
                    work.add(begun.duration(to: .now))
                    defer { begun = .now }
                    return channel.send(.success(value))
                }
            } catch {
                _ = channel.send(.failure(error))
            }
            channel.close()
        }
    }

    deinit {
        // Who reads from a silent pipe notices when something comes.
        channel.close()
    }

    /// How long values were read, as opposed to waiting until they were taken.
    var busy: Duration { work.elapsed }

    /// The next value; `nil` after the last one.
    ///
    /// - Throws: what the body threw; `CancellationError`.
    func next() throws -> Value? { try channel.receive()?.get() }
}
