import Dispatch

/// Work on a separate thread, one piece at a time, while the thread that supplies it talks to the warehouse.
final class Lane<Input: Sendable, Output: Sendable> {
    private let inputs = Channel<Input>()
    private let outputs = Channel<Output>()
    /// Whether an output is still expected.
    private var isBusy = false
    private let work = Stopwatch()
    private let wait = Stopwatch()

    /// - Parameter make: called on the lane's thread; makes the function that does the work.
    init(_ make: @escaping @Sendable () -> (Input) -> Output) {
        DispatchQueue(label: "crm-voip.lane").async { [inputs, outputs, stopwatch = work] in
            let work = make()
            // No task runs here that could be cancelled.
            while let input = try? inputs.receive() {
                guard outputs.send(stopwatch.measure { work(input) }) else { break }
            }
        }
    }

    deinit {
        inputs.close()
        outputs.close()
    }

    /// How long the lane worked.
    var busy: Duration { work.elapsed }
    /// How long the supplying thread waited for it.
    var awaited: Duration { wait.elapsed }

    /// Passes an input to the lane, and returns the output for the previous one.
    ///
    /// - Throws: `CancellationError`.
    func send(_ input: Input) throws -> Output? {
        let output = try finish()
        isBusy = inputs.send(input)
        return output
    }

    /// Waits for an output that is still expected.
    ///
    /// - Throws: `CancellationError`.
    func finish() throws -> Output? {
        guard isBusy else { return nil }
        isBusy = false
        return try wait.measure { try outputs.receive() }
    }
}
