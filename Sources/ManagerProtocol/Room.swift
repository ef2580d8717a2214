/// Placeholder until the room is furnished.
enum ManagerProtocolRoom {}
