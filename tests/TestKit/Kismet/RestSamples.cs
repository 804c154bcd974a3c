namespace KismetPS.TestKit;

/// <summary>Recorded answers of a real HTTP server, in reference/kismet-rest/samples beside those of <see cref="KismetReference"/>.</summary>
public static class RestSamples
{
    /// <summary>Where they lie, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>One of them as text.</summary>
    public static string ReadText(string name) => File.ReadAllText(Path.Combine(Folder!, name));

    /// <summary>One of them.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find()
    {
        string? shared = KismetReference.Folder is { } text ? Path.GetDirectoryName(Path.GetDirectoryName(text)) : null;
        string? folder = shared is null ? null : Path.Combine(shared, "reference", "kismet-rest", "samples");
        return Directory.Exists(folder) ? folder : null;
    }
}
