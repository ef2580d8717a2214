import Testing

@testable import Reporting

/// 200 calls an hour of 180 s are 10 erlangs.
@Suite struct ErlangTests {
    private static func isNear(_ value: Double, _ expected: Double, _ tolerance: Double = 0.00005) -> Bool {
        abs(value - expected) <= tolerance
    }

    @Test(
        arguments: [
            (11, 0.6821, 0.3896, 122.8), (12, 0.4494, 0.6402, 40.4), (13, 0.2853, 0.7956, 17.1),
            (14, 0.1741, 0.8884, 7.8),
        ]
    )
    func `Erlang C has the published values`(agents: Int, wait: Double, level: Double, mean: Double) {
        let queue = ErlangC(erlangs: 10, handlingTime: 180, agents: agents)
        #expect(Self.isNear(queue.waitProbability, wait))
        #expect(Self.isNear(queue.serviceLevel(within: 20), level))
        #expect(Self.isNear(queue.meanWait, mean, 0.05))
    }

    @Test(arguments: [(10, 0.1375, 16.5), (11, 0.0942, 11.3), (12, 0.0616, 7.4), (13, 0.0384, 4.6)])
    func `Erlang A has the published values for a patience of two minutes`(agents: Int, lost: Double, mean: Double) {
        let queue = ErlangA(erlangs: 10, handlingTime: 180, patience: 120, agents: agents)
        #expect(Self.isNear(queue.abandonment, lost))
        #expect(Self.isNear(queue.meanWait, mean, 0.05))
    }

    @Test func `Erlang B has the published numbers of lines`() {
        #expect(ErlangB.lines(erlangs: 10, blocking: 0.01) == 18)
        #expect(ErlangB.lines(erlangs: 10, blocking: 0.001) == 21)
        // One erlang on one line: 1 / (1 + 1); on two: 0.5 / (2 + 0.5)
        #expect(ErlangB.blocking(erlangs: 1, lines: 1) == 0.5)
        #expect(Self.isNear(ErlangB.blocking(erlangs: 1, lines: 2), 0.2, 1e-12))
        #expect(ErlangB.lines(erlangs: 0, blocking: 0.01) == 0)
        #expect(ErlangB.blocking(erlangs: 3, lines: 0) == 1)
    }

    @Test(arguments: [8, 10, 13, 20])
    func `the service level of Erlang A agrees with what is known about its ends`(agents: Int) {
        let queue = ErlangA(erlangs: 10, handlingTime: 180, patience: 120, agents: agents)
        // In the long run everybody is answered or has hung up.
        #expect(Self.isNear(queue.serviceLevel(within: 1e6), 1 - queue.abandonment, 1e-9))
        #expect(queue.serviceLevel(within: 10) < queue.serviceLevel(within: 20))
        // Callers with endless patience are those of Erlang C.
        guard agents > 10 else { return }
        let patient = ErlangA(erlangs: 10, handlingTime: 180, patience: 1e7, agents: agents)
        let endless = ErlangC(erlangs: 10, handlingTime: 180, agents: agents)
        #expect(Self.isNear(patient.serviceLevel(within: 20), endless.serviceLevel(within: 20), 0.0005))
        #expect(Self.isNear(patient.serviceLevel(within: 0), 1 - endless.waitProbability, 0.0005))
    }

    @Test func `one agent without a queue of more than one is worked out by hand`() {
        // One erlang, one agent, patience as long as a call: states weigh 1, 1, 1/2, 1/6 ..., together e; the waiting
        // ones leave at a rate of sum n / (n + 1)! = 1, so 1/e of the callers hang up.
        let queue = ErlangA(erlangs: 1, handlingTime: 60, patience: 60, agents: 1)
        #expect(Self.isNear(queue.abandonment, 0.36788))
        #expect(Self.isNear(queue.serviceLevel(within: 0), 0.36788))
    }

    @Test func `the fewest agents that are enough`() {
        #expect(ErlangC.agents(erlangs: 10, handlingTime: 180, serviceLevel: 0.8, within: 20) == 14)
        #expect(ErlangC.agents(erlangs: 10, handlingTime: 180, serviceLevel: 0.79, within: 20) == 13)
        let patient = ErlangA.agents(erlangs: 10, handlingTime: 180, patience: 120, serviceLevel: 0.8, within: 20)
        #expect(
            patient
                == (8...14).first {
                    ErlangA(erlangs: 10, handlingTime: 180, patience: 120, agents: $0).serviceLevel(within: 20) >= 0.8
                }
        )
        #expect(ErlangC.agents(erlangs: 0, handlingTime: 180, serviceLevel: 0.8, within: 20) == 0)
    }

    @Test func `large numbers neither overflow nor lose their meaning`() {
        #expect(ErlangC(erlangs: 5000, handlingTime: 180, agents: 5000).meanWait == .infinity)
        let busy = ErlangC(erlangs: 5000, handlingTime: 180, agents: 5100)
        #expect((0.0...1).contains(busy.waitProbability) && busy.serviceLevel(within: 20) > 0.9)
        // Where work exceeds agents by far, the excess hangs up: 1 - 4000 / 5000.
        let short = ErlangA(erlangs: 5000, handlingTime: 180, patience: 120, agents: 4000)
        #expect(Self.isNear(short.abandonment, 0.2, 0.001))
        #expect(ErlangA(erlangs: 5000, handlingTime: 180, patience: 120, agents: 0).serviceLevel(within: 20) == 0)
        #expect(ErlangA(erlangs: 1, handlingTime: 180, patience: 120, agents: 5000).serviceLevel(within: 20) == 1)
        #expect(ErlangB.lines(erlangs: 50_000, blocking: 0.01).map { (49_000...50_500).contains($0) } == true)
    }
}
