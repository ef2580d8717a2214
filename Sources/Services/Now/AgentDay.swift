/// What an agent did in queues on one day.
public struct AgentDay: Sendable, Equatable {
    /// The agent's name in the log.
    public var agent: String
    /// Calls that the agent answered.
    public var answered = 0
    /// How often the agent's phone rang without an answer.
    public var missed = 0
    /// How many seconds the agent talked, counting finished calls only.
    public var talk = 0

    /// A day without calls.
    public init(agent: String) { self.agent = agent }
}
