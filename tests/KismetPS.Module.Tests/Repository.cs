namespace KismetPS.Module.Tests;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds KismetPS.sln, above the test assembly.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KismetPS.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("KismetPS.sln is in no folder above the tests.");
    }
}
