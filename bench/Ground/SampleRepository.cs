namespace Fleet.Bench.Ground;

/// <summary>A person's repository with one commit: a hundred small files in ten directories.</summary>
internal static class SampleRepository
{
    private const int Folders = 10;
    private const int FilesInEach = 10;

    public static async Task Make(string path, string? settings = null)
    {
        for (var folder = 0; folder < Folders; folder++)
        {
            Directory.CreateDirectory(Path.Combine(path, $"folder{folder}"));
            for (var file = 0; file < FilesInEach; file++)
            {
                var text = string.Concat(Enumerable.Repeat($"line of file {folder}.{file}\n", 40));
                File.WriteAllText(Path.Combine(path, $"folder{folder}", $"file{file}.txt"), text);
            }
        }

        if (settings is not null)
        {
            Directory.CreateDirectory(Path.Combine(path, ".fleet"));
            File.WriteAllText(Path.Combine(path, ".fleet", "fleet.yaml"), settings);
        }

        await Shell.Run(path, "git", "init", "-q", "-b", "main");
        await Shell.Run(path, "git", "config", "user.name", "Bench");
        await Shell.Run(path, "git", "config", "user.email", "bench@example.org");
        await Shell.Run(path, "git", "add", "-A");
        await Shell.Run(path, "git", "-c", "commit.gpgSign=false", "commit", "-q", "-m", "A hundred files");
    }
}
