namespace KismetPS.Capture.Drone;

/// <summary>Where a drone is.</summary>
/// <param name="Fix">0 none, 2 or 3 dimensions.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Altitude">As the drone's GPS gives it: feet in stable, metres in newcore.</param>
/// <param name="Speed">As the drone's GPS gives it.</param>
/// <param name="Heading">Degrees; never filled by drones of stable.</param>
internal readonly record struct DronePosition(int Fix, double Latitude, double Longitude, double Altitude, double Speed, double Heading);
