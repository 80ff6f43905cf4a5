// Filters what the page already shows; without it everything stays readable.
(function () {
	"use strict";
	var form = document.getElementById("filter");
	if (!form) return;
	var search = form.elements.search, person = form.elements.person, section = form.elements.section;
	var workshop = form.elements.workshop, told = document.getElementById("told");
	var ideas = Array.prototype.map.call(document.querySelectorAll(".idea"), function (node) {
		var said = node.querySelector(".said");
		return {
			node: node, text: null, said: said,
			people: " " + (node.dataset.by || "") + " ", workshops: " " + (node.dataset.in || "") + " ",
			section: node.closest("section").id, shown: true
		};
	});
	var sections = Array.prototype.slice.call(document.querySelectorAll("main > section"));

	// Case and accents aside, as people search.
	function fold(text) {
		return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
			.replace(/\u0153/g, "oe").replace(/\u00e6/g, "ae").replace(/\u2019/g, "'");
	}

	function matches(idea, words) {
		if (person && person.value && idea.people.indexOf(" " + person.value + " ") < 0) return false;
		if (workshop && workshop.value && idea.workshops.indexOf(" " + workshop.value + " ") < 0) return false;
		if (section && section.value && idea.section !== section.value) return false;
		if (words.length && idea.text === null) idea.text = fold(idea.said.textContent);
		return words.every(function (word) { return idea.text.indexOf(word) >= 0; });
	}

	function apply() {
		var words = fold(search.value).split(/\s+/).filter(Boolean), count = 0;
		ideas.forEach(function (idea) {
			idea.shown = matches(idea, words);
			if (idea.shown) count++;
		});
		// What holds something that is shown stays, so that nothing hangs in the air.
		for (var i = ideas.length - 1; i >= 0; i--) {
			var held = ideas[i].shown || !!ideas[i].node.querySelector(".idea:not([hidden])");
			ideas[i].node.hidden = !held;
		}
		var filtered = words.length || (person && person.value) || (workshop && workshop.value) || (section && section.value);
		sections.forEach(function (each) {
			each.hidden = !!filtered && !each.querySelector(".idea:not([hidden])");
		});
		told.textContent = told.dataset.text.replace("{n}", count).replace("{all}", ideas.length);
	}

	var waiting;
	form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
	form.addEventListener("change", apply);
	form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
	form.addEventListener("reset", function () { setTimeout(apply, 0); });
	document.addEventListener("keydown", function (event) {
		if (event.key === "Escape" && document.activeElement) document.activeElement.blur();
	});
	form.hidden = false;
	apply();
})();
