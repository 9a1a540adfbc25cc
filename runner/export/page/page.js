document.documentElement.classList.add("script");
gosyncio.view(document.getElementById("view")).update(JSON.parse(document.getElementById("shown").textContent), {});
window.addEventListener("beforeprint", () => { document.getElementById("table").open = true; });
